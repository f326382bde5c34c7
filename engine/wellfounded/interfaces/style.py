"""How HTML pages look: light and dark, from a telephone's width to paper. Every pair of colours is AA."""

from __future__ import annotations

STYLE = """
:root {
  color-scheme: light dark;
  --paper: #fff; --ink: #1c1c1a; --quiet: #55554f; --rule: #cfcfc8; --shade: #f5f5f1; --link: #0b4f94;
  --good: #dff2e1; --on-good: #144a20; --partly: #fbefc4; --on-partly: #553f00;
  --open: #e9e9ee; --on-open: #3a3a46; --bad: #fbe2dd; --on-bad: #82200f;
}
@media screen and (prefers-color-scheme: dark) {
  :root {
    --paper: #16171a; --ink: #e9e9e5; --quiet: #b6b6af; --rule: #47484d; --shade: #202226; --link: #8fbcff;
    --good: #173c22; --on-good: #bfeeca; --partly: #453809; --on-partly: #fbe6a2;
    --open: #34353d; --on-open: #dcdce6; --bad: #4f1f17; --on-bad: #ffcdc3;
  }
}
* { box-sizing: border-box; }
body {
  font: 1rem/1.5 system-ui, sans-serif; color: var(--ink); background: var(--paper);
  max-width: 60rem; margin: 0 auto; padding: 1rem; overflow-wrap: break-word;
}
h1, h2, h3 { line-height: 1.25; }
h1 { font-size: 1.7rem; margin: .5rem 0; }
h2 { font-size: 1.35rem; margin: 2.5rem 0 .5rem; border-bottom: 2px solid var(--rule); }
h3 { font-size: 1.05rem; margin: 1.75rem 0 .25rem; }
p, ul, ol { margin: .4rem 0; max-width: 46rem; }
ul, ol { padding-left: 1.3rem; }
li { margin: .2rem 0; }
nav { background: var(--shade); padding: .5rem 1rem; margin: 1rem 0; }
nav h2 { font-size: 1rem; margin: 0; border: 0; }
footer { margin-top: 2rem; }
.way { background: none; padding: 0; margin: .25rem 0; font-size: .95rem; }
.way ul, .way ol { display: flex; flex-wrap: wrap; gap: .1rem 1.1rem; padding: 0; max-width: none; }
.way li { list-style: none; }
.way ol { gap: .1rem .5rem; }
.way ol li + li::before { content: "›"; padding-right: .5rem; }
.way [aria-current] { color: inherit; font-weight: 600; text-decoration: none; }
#search { margin: 1rem 0; }
#search label { display: block; font-weight: 600; }
#query { font: inherit; color: inherit; background: var(--paper); border: 1px solid var(--quiet); }
#query { width: 100%; max-width: 30rem; padding: .4rem .6rem; border-radius: .3em; }
.small, .top, footer { font-size: .9rem; color: var(--quiet); }

a { color: var(--link); }
a:focus-visible, #query:focus-visible, .table:focus-visible { outline: 3px solid var(--link); }
:target:not(section) { outline: 2px solid var(--link); outline-offset: .2rem; scroll-margin-top: 1rem; }
code { font-size: .9em; }
p > a > code { display: inline-block; max-width: 100%; text-decoration: underline; }

.table { overflow-x: auto; margin: .5rem 0; }
figure { overflow-x: auto; margin: 1rem 0; border: 1px solid var(--rule); border-radius: .4rem; }
figure:focus-visible { outline: 3px solid var(--link); }
figure svg { display: block; }
table { border-collapse: collapse; min-width: 100%; font-size: .95rem; }
th, td { text-align: left; vertical-align: top; border-bottom: 1px solid var(--rule); }
th, td { padding: .35rem .9rem .35rem 0; }
thead th { font-size: .9rem; color: var(--quiet); }
tbody th { font-weight: normal; }

.verdict { padding: 0 .35em; border-radius: .3em; font-weight: 600; font-size: .9em; }
.verdict { box-decoration-break: clone; -webkit-box-decoration-break: clone; }
td .verdict { white-space: nowrap; }
.good { background: var(--good); color: var(--on-good); }
.partly { background: var(--partly); color: var(--on-partly); }
.open { background: var(--open); color: var(--on-open); }
.bad { background: var(--bad); color: var(--on-bad); }
.none { border: 1px dashed var(--quiet); }

@page { size: A4; margin: 16mm 15mm; }
@media print {
  :root { color-scheme: light; font-size: 9pt; }
  body { line-height: 1.4; max-width: none; padding: 0; }
  p, ul, ol { max-width: none; }
  a, p > a > code { color: inherit; text-decoration: none; }
  nav { padding: 0; }
  .top, .way, #search { display: none; }
  .table { overflow: visible; }
  h2, h3, thead, h3 + p { break-after: avoid; }
  tr, li { break-inside: avoid; }
  .verdict { padding: 0; border: 0; background: none; color: inherit; }
}
"""
