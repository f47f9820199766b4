/**
 * The page's style sheet: one A4 sheet and its appendix, readable from 320 px on, in light and dark, on paper always
 * dark on white. Contrast of text is 7:1 and more in both themes. Good has no colour: it is a tick and a word.
 */
export const STYLE = `
:root { color-scheme: light dark; --page: #f3f4f4; --face: #fff; --ink: #15191b; --ink-2: #4a5356; --line: #d5d9da; --accent: #0a5c63; --stop: #b3201b; --plastic: #fff; --hole: #15191b; --earth: #2e7d32 }
@media (prefers-color-scheme: dark) { :root { --page: #0f1213; --face: #171b1d; --ink: #e9edee; --ink-2: #abb6ba; --line: #2e3538; --accent: #62cbc8; --stop: #ff938a; --plastic: #d9dedf; --earth: #58a85c } }
* { box-sizing: border-box }
html { font-variant-numeric: tabular-nums; -webkit-text-size-adjust: 100% }
body { margin: 0; background: var(--page); color: var(--ink); font: 16px/1.45 "Segoe UI", Roboto, "Helvetica Neue", "Noto Sans", Arial, sans-serif; overflow-wrap: break-word }
h1, h2, h3, p, dl, dd, ul, table, figure { margin: 0 }
a { color: var(--accent); text-underline-offset: 2px }
:focus-visible { outline: 3px solid var(--accent); outline-offset: 3px }
code { font: .92em ui-monospace, "Cascadia Mono", "DejaVu Sans Mono", monospace; overflow-wrap: anywhere }
.nb { white-space: nowrap }
.sheet, .record { max-width: 210mm; margin: 24px auto; background: var(--face); padding: 14mm }
.soft { color: var(--ink-2) }
.warn { border-left: 4px solid var(--stop); padding: 2px 0 2px 12px; margin-bottom: 16px }
header { display: flex; justify-content: space-between; align-items: center; gap: 16px; padding-bottom: 14px; border-bottom: 1px solid var(--ink) }
h1 { font-size: 32px; line-height: 1.15; letter-spacing: -.01em; overflow-wrap: anywhere }
h2 { font-size: 16px; margin: 22px 0 0; padding-bottom: 4px; border-bottom: 1px solid var(--ink) }
h3 { font-size: 16px; margin: 28px 0 4px }
h1.long { font-size: 24px }
.plug { width: 148px; flex: none }
.plug .body { fill: var(--plastic); stroke: var(--ink); stroke-width: 1.5 } .plug .hollow { fill: none; stroke: #70797c; stroke-width: 1.2 }
.plug .hole { fill: #15191b } .plug .earth { fill: var(--earth) } .plug .button { fill: none; stroke: #4a5356; stroke-width: 1.2 }
.plug .pin { fill: none; stroke: var(--ink); stroke-width: 4 } .plug .glue { fill: none; stroke: #15191b; stroke-width: 1.2; stroke-dasharray: 3 2 }
.verdict { display: flex; gap: 16px; align-items: center; padding: 14px 0; border-bottom: 1px solid var(--ink) }
.verdict strong { display: block; font-size: 22px; line-height: 1.25 }
.mark { flex: none; fill: none; stroke: currentColor; stroke-width: 3.5 } .mark.large { width: 48px } .mark.small { width: 20px; vertical-align: -4px; margin-right: 6px }
.failed { color: var(--stop) }
.checks { display: grid; grid-template-columns: repeat(4, 1fr); gap: 0 16px; padding: 14px 0 0; list-style: none; margin: 0 }
.checks li { border-left: 1px solid var(--line); padding-left: 12px } .checks li:first-child { border-left: 0; padding-left: 0 }
.checks .value { font-size: 24px; line-height: 1.25; font-weight: 500 } .checks .value.none { font-size: 20px }
.checks p { font-size: 15px }
.columns { display: grid; grid-template-columns: minmax(0, 1fr) minmax(0, 1fr); gap: 0 28px }
dl > div { display: grid; grid-template-columns: 7.4em minmax(0, 1fr); gap: 0 10px; padding: 4px 0; border-bottom: 1px solid var(--line) }
dt { color: var(--ink-2) } dd { overflow-wrap: anywhere }
table { border-collapse: collapse; width: 100% } .errors { margin-top: 2px }
th, td { text-align: left; vertical-align: top; padding: 4px 10px 4px 0; border-bottom: 1px solid var(--line); font-weight: 400 }
thead th, caption { color: var(--ink-2) } caption { text-align: left; padding-bottom: 4px }
th.n, td.n { text-align: right; white-space: nowrap } thead th.n { white-space: normal }
.errors td, .errors th { vertical-align: middle } .errors .picture { width: 58%; padding: 0 0 0 14px } .bar { display: block; width: 100%; height: auto; color: var(--ink) }
.bar .zero { stroke: var(--ink-2); stroke-width: 1 } .bar .span { stroke: currentColor; stroke-width: 1.5; fill: none } .bar .before { fill: var(--face); stroke: currentColor; stroke-width: 1.5 } .bar .after { fill: currentColor }
.scale { display: flex; justify-content: space-between }
.note { font-size: 15px; color: var(--ink-2) }
.foot { display: grid; grid-template-columns: minmax(0, 1fr) minmax(0, 1fr); gap: 0 28px; margin-top: 26px; align-items: end } .sign p { border-top: 1px solid var(--ink); padding-top: 3px; margin-top: 40px; color: var(--ink-2) } .sign b { color: var(--ink); font-weight: 500 }
.label { display: flex; gap: 12px; align-items: center; width: fit-content; max-width: 100%; margin-bottom: 6px; padding: 8px 14px 8px 8px; border: 1px dashed #15191b; border-radius: 10px; background: #fff; color: #15191b; line-height: 1.3 }
.label .qr { width: 92px; flex: none } .label b { display: block; overflow-wrap: anywhere } .label span { display: block }
summary { min-height: 48px; display: flex; align-items: center; cursor: pointer; font-weight: 600; font-size: 18px } summary::before { content: "▸"; margin-right: 10px } [open] > summary::before { content: "▾" }
ul { padding-left: 1.2em } .wide td, .wide th { padding-right: 14px }
.print-only { display: none }
@media (max-width: 700px) {
  .sheet, .record { margin: 0; padding: 20px 16px; border-bottom: 1px solid var(--line) }
  h1, h1.long { font-size: 26px } .plug { width: 96px }
  .checks { grid-template-columns: 1fr 1fr; gap: 14px 12px } .checks li:nth-child(odd) { border-left: 0; padding-left: 0 }
  .columns, .foot { grid-template-columns: minmax(0, 1fr) }
  .errors, .errors thead, .errors tbody { display: block } .errors tr { display: grid; grid-template-columns: 1fr 6.5em 6.5em; border-bottom: 1px solid var(--line) } .errors th, .errors td { border: 0 } .errors .picture { grid-column: 1 / -1; width: auto; padding: 0 } dl > div { grid-template-columns: 6.6em minmax(0, 1fr) }
  .wide thead { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%) }
  .wide, .wide tbody, .wide caption, .wide tr, .wide th, .wide td { display: block } .wide tr { border-bottom: 1px solid var(--line); padding: 8px 0 }
  .wide th, .wide td { border: 0; padding: 1px 0; text-align: left; white-space: normal } .wide th { font-weight: 600 }
  .wide td[data-label]::before { content: attr(data-label) ": "; color: var(--ink-2) }
  .wide td[data-label=""]::before { content: none }
}
@page { size: A4; margin: 11mm 14mm }
@media print {
  :root { color-scheme: light; --page: #fff; --face: #fff; --ink: #15191b; --ink-2: #4a5356; --line: #c9cecf; --accent: #0a5c63; --stop: #b3201b; --plastic: #fff; --earth: #2e7d32 }
  body { font-size: 9.5pt; line-height: 1.35 } .sheet, .record { margin: 0; padding: 0; max-width: none; border: 0 }
  h1 { font-size: 22pt } h1.long { font-size: 16pt } h2, h3 { font-size: 10.5pt; break-after: avoid } h3 { margin-top: 14pt } h2 { margin-top: 10pt } .verdict strong { font-size: 15pt } .mark.large { width: 11mm }
  .plug { width: 36mm } .checks .value { font-size: 16pt } .checks .value.none { font-size: 13pt } .checks p, .note { font-size: 9pt } .foot { margin-top: 4mm; break-inside: avoid } .sign p { margin-top: 10mm } .warn { margin-bottom: 2pt } .label .qr { width: 24mm }
  dl > div, th, td { padding-top: 2pt; padding-bottom: 2pt } tr, li, dl > div { break-inside: avoid } caption, thead { break-after: avoid } header { padding-bottom: 8pt } .verdict, .checks { padding-top: 8pt; padding-bottom: 8pt } .checks { padding-bottom: 0 }
  .record { break-before: page; font-size: 8.5pt } .record h2 { font-size: 14pt; border: 0; margin: 0 } summary { display: none } .print-only { display: block }
  details::details-content { content-visibility: visible; block-size: auto }
  a { color: inherit; text-decoration: none }
}
`;
