"""What axe-core finds wrong with a page in a browser: the rules of WCAG 2.2 up to AA that a machine can look at."""

from __future__ import annotations

from functools import cache
from importlib.resources import files

from selenium import webdriver

RULES = ("wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa")
"""Tags of axe-core; ``wcag22aa`` is the size of what one presses."""

ALIKE = 12
"""Rows of a table, entries of a list, papers of a stack that are looked at."""


@cache
def _script() -> str:
    return (files("axe_selenium_python") / "node_modules/axe-core/axe.min.js").read_text(encoding="utf-8")


def violations(driver: webdriver.Chrome) -> list[str]:
    """What is against a rule on the page as it is shown now: rule, where, and what is wrong; empty where nothing is.

    Rows beyond the ``ALIKE``-th are taken off the page before: they are like those above, and each takes its time.
    """
    if not driver.execute_script("return 'axe' in window"):
        driver.execute_script(_script())
    return [str(each) for each in driver.execute_async_script(_RUN, list(RULES), ALIKE)]


_RUN = """
const [tags, most, done] = arguments;
for (const many of document.querySelectorAll('tbody, ul, ol, main'))
  for (const alike of [...many.children].filter(each => each.matches('tr, li, .paper')).slice(most)) alike.remove();
const why = node => node.any.concat(node.all, node.none).map(check => check.message).join('; ').slice(0, 200);
const told = node => `${node.target.join(' ')}: ${node.html.slice(0, 100)}: ${why(node)}`;
axe.run(document, {runOnly: {type: 'tag', values: tags}, resultTypes: ['violations'], preload: false}).then(
  found => done(found.violations.flatMap(rule => rule.nodes.slice(0, 3).map(node => `${rule.id} ${told(node)}`))),
  wrong => done([`axe: ${wrong}`]));
"""
