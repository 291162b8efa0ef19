"""The looks of the check's page: for the screen, and for A4 paper across."""

STYLE = """\
:root { color-scheme: light; }
* { box-sizing: border-box; }
body {
  margin: 0 auto; padding: 1.5rem 2rem; max-width: 84rem; color: #1f1f1f; background: #ffffff;
  font: 15px/1.55 "Noto Sans CJK SC", "Source Han Sans SC", "Microsoft YaHei", "PingFang SC", sans-serif;
}
h1 { font-size: 1.6rem; margin: 0 0 .3rem; }
h2 { font-size: 1.2rem; margin: 0 0 .6rem; overflow-wrap: anywhere; }
section { margin-top: 2rem; }
section.unit { border-top: 3px solid #404040; padding-top: .8rem; }
p { margin: .3rem 0; overflow-wrap: anywhere; }
.about { color: #4a4a4a; font-size: .9rem; }
a { color: #0b5394; }
table { border-collapse: collapse; width: 100%; margin-top: .6rem; font-size: .92rem; }
th, td {
  border: 1px solid #8a8a8a; padding: .35rem .55rem; text-align: left; vertical-align: top;
  overflow-wrap: anywhere; white-space: pre-line;
}
thead th { background: #ececec; font-weight: bold; white-space: nowrap; }
tbody th { font-weight: normal; }
.number, .figure { text-align: right; font-variant-numeric: tabular-nums; }
.code { font-size: .8rem; }
tr.blocks > th { font-weight: bold; border-left: 5px solid #7f1d1d; }
.findings { table-layout: fixed; }
.findings th:nth-child(1) { width: 3.4rem; }
.findings th:nth-child(2) { width: 23%; }
.findings th:nth-child(3) { width: 19%; }
.findings th:nth-child(4), .findings th:nth-child(5) { width: 8.5%; }
.findings th:nth-child(7) { width: 6.5rem; }
.findings th:nth-child(8) { width: 10.5%; }
.overview th:nth-child(n+5), .overview td:nth-child(n+4) { white-space: nowrap; }
.status {
  display: inline-block; padding: 0 .5rem; border: 2px solid #404040; border-radius: 3px;
  font-weight: bold; white-space: nowrap;
}
.status.ok { color: #14532d; border-color: #14532d; background: #ffffff; }
.status.explain { color: #5f4b00; border-color: #5f4b00; background: #fff3cd; border-style: dashed; }
.status.error, .status.unreadable { color: #7f1d1d; border-color: #7f1d1d; background: #fde8e8; }
.top { font-size: .85rem; text-align: right; }
@page {
  size: A4 landscape; margin: 14mm 12mm 16mm;
  @bottom-center { content: counter(page) " / " counter(pages); }
}
@media print {
  html { font-size: 10pt; }
  body { padding: 0; max-width: none; font-size: 1rem; }
  table { width: calc(100% - 2px); margin-left: 1px; }
  .findings th:nth-child(6) { width: 24%; }
  .top { display: none; }
  tr, .about { break-inside: avoid; }
  thead { display: table-header-group; }
  h2, .about, .about + p { break-after: avoid; }
  a { color: inherit; text-decoration: none; }
}
"""
