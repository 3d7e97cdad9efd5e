"""What `feedbuilder init --pages` writes: feeds made by GitHub's or GitLab's machines, and published as Pages there.

Such a machine is new each time. Owns how what was published and what is remembered come to it, and go back: each as the
one commit of a branch of its own. Whichever branch is lost, the other one tells what stood in it: `build` fills a lost
store from published feeds, and makes lost feeds from the store.
"""

from __future__ import annotations

from textwrap import indent

PUBLISHED = "feeds-published"
MEMORY = "feeds-memory"

TAKE_UP = f"""\
# Which branches there are. Where that cannot be asked, the job ends: an unknown memory is no empty one.
git ls-remote --heads origin > .git/feeds-heads
take_up() {{
  mkdir -p "$2"
  if grep -q "refs/heads/$1\\$" .git/feeds-heads; then
    git fetch --quiet --depth 1 origin "refs/heads/$1"
    git archive FETCH_HEAD | tar -x -C "$2"
  else
    echo "There is no branch $1: this is the first time, or it was lost."
  fi
}}
take_up {PUBLISHED} output
take_up {MEMORY} var
"""
READ = """\
# Code 1: some source could not be read, and the others are published. Above: nothing was touched.
code=0
feedbuilder -v build --due || code=$?
if [ "$code" -gt 1 ]; then exit "$code"; fi
feedbuilder check
"""
KEEP = f"""\
# Each branch is one commit without a past, so that the repository does not grow. Both go, or none does; where
# another machine was quicker, this one's work is refused rather than laid over it.
keep() (
  export GIT_INDEX_FILE="$PWD/.git/feeds-index"
  rm -f "$GIT_INDEX_FILE" &&
    (cd "$2" && git --git-dir="$OLDPWD/.git" --work-tree=. add --all --force .) &&
    tree=$(git write-tree) &&
    git -c user.name=feedbuilder -c user.email=feedbuilder@localhost commit-tree -m "$1" "$tree"
)
was() {{ sed -n "s|\trefs/heads/$1\\$||p" .git/feeds-heads; }}
published=$(keep {PUBLISHED} output)
memory=$(keep {MEMORY} var)
git push --quiet --atomic \
  --force-with-lease="refs/heads/{PUBLISHED}:$(was {PUBLISHED})" \
  --force-with-lease="refs/heads/{MEMORY}:$(was {MEMORY})" \
  "${{PUSH_TO:-origin}}" "$published:refs/heads/{PUBLISHED}" "$memory:refs/heads/{MEMORY}"
"""
JUDGE = "feedbuilder healthcheck --lag 8h\n"

_GITHUB = """\
# Reads the sources of config/feedbuilder.toml once an hour and publishes the feeds as GitHub Pages.
#
# Once, by hand: Settings > Pages > Source: "GitHub Actions". Then write the address of the pages into the configuration
# (url under [site]) and push: the first run follows. GitHub stops schedules in a repository in which nothing happens
# for 60 days, and says so by mail: enable it again under Actions.
#
# What is remembered stands in the branch {memory}, what is published in {published}. Where the
# repository is public, both are. Secrets belong into Settings > Secrets and variables, and from there into `env`.
name: Feeds

on:
  schedule:
    - cron: "{minute} * * * *"
  workflow_dispatch:
  push:
    paths: ["config/**", ".github/workflows/feeds.yml"]
    branches: [main, master]

# Sites are asked by one machine at a time. None is stopped half-way: what it has asked for would be asked for again.
concurrency:
  group: feeds
  cancel-in-progress: false

permissions:
  contents: write # the two branches
  pages: write
  id-token: write

env:
  FEEDBUILDER: "feedbuilder[full-text]" # or an address that pip can install from

defaults:
  run:
    shell: bash

jobs:
  feeds:
    runs-on: ubuntu-latest
    timeout-minutes: 30
    environment:
      name: github-pages
      url: ${{{{ steps.pages.outputs.page_url }}}}
    steps:
      - uses: actions/checkout@v4
      - uses: actions/setup-python@v5
        with:
          python-version: "3.12"
      - name: Install feedbuilder
        run: python -m pip install --quiet "$FEEDBUILDER"
      - name: Take up what is published and remembered
        run: |
{take_up}
      - name: Read the sources that are due
        run: |
{read}
      - name: Keep what is published and remembered
        run: |
{keep}
      - uses: actions/upload-pages-artifact@v3
        with:
          path: output
      - uses: actions/deploy-pages@v4
        id: pages
      - name: Fail if too many sources cannot be read
        run: {judge}"""
_GITLAB = """\
# Reads the sources of config/feedbuilder.toml and publishes the feeds as GitLab Pages.
#
# Once, by hand: Settings > CI/CD > Job token permissions: allow Git push requests to the repository. Build > Pipeline
# schedules: a new one, "{minute} * * * *". Then write the address of the pages (Deploy > Pages) into the configuration
# (url under [site]).
#
# What is remembered stands in the branch {memory}, what is published in {published}. Where the
# repository is public, both are. Secrets belong into Settings > CI/CD > Variables.
default:
  image: python:3.12
  interruptible: false
  timeout: 30 minutes

workflow:
  rules:
    - if: $CI_PIPELINE_SOURCE == "schedule" || $CI_PIPELINE_SOURCE == "web"
    - if: $CI_PIPELINE_SOURCE == "push" && $CI_COMMIT_BRANCH == $CI_DEFAULT_BRANCH
      changes: ["config/**/*", ".gitlab-ci.yml"]

variables:
  FEEDBUILDER: "feedbuilder[full-text]" # or an address that pip can install from

pages:
  stage: build
  # Sites are asked by one machine at a time. None is stopped half-way: what it has asked for would be asked for again.
  resource_group: feeds
  variables:
    PUSH_TO: "https://gitlab-ci-token:${{CI_JOB_TOKEN}}@${{CI_SERVER_FQDN}}/${{CI_PROJECT_PATH}}.git"
  script:
    # Install feedbuilder
    - python -m pip install --quiet "$FEEDBUILDER"
    # Take up what is published and remembered
    - |
{take_up}
    # Read the sources that are due
    - |
{read}
    # Keep what is published and remembered
    - |
{keep}
    - rm -rf public && cp -r output public
  artifacts:
    paths: [public, var]

# A job of its own: what was read is published, however many sources cannot be.
health:
  stage: test
  script:
    - python -m pip install --quiet "$FEEDBUILDER"
    - {judge}"""
_PAGES = {"github": (".github/workflows/feeds.yml", _GITHUB, 10), "gitlab": (".gitlab-ci.yml", _GITLAB, 6)}
SERVICES = tuple(_PAGES)


def pages_workflow(service: str, minute: int) -> dict[str, str]:
    """Return the file, as path and text, by which one of `SERVICES` reads and publishes at this minute of each hour."""
    path, text, depth = _PAGES[service]
    scripts = {"take_up": TAKE_UP, "read": READ, "keep": KEEP}
    steps = {name: indent(script, " " * depth).rstrip() for name, script in scripts.items()}
    return {path: text.format(minute=minute, published=PUBLISHED, memory=MEMORY, judge=JUDGE, **steps)}
