"""The whole program in three steps, each on one screen: `poll` a source, `visit` an article's page, `publish`.

Stages are joined here and nowhere else. For everything that touches the world the steps know only the protocols in
`ports`: no requests, no SQL, no scheduler, no clock. Decisions that need neither (when, which pages, which feeds, how
far back, whether articles contradict their list) are pure modules of this room: `schedule`, `article_visits`, `routes`,
`further_pages`, `contradiction`.
"""
