"""An article's own page -> what it says of the article: title, dates, authors, picture, tags, text. Pure."""
