/** The look of every simulator page. Text in code, since the build copies nothing but code. */
export const PAGE_STYLE = `
:root { color-scheme: light dark; --ground: #f4f4f6; --card: #fff; --ink: #1b1c20; --soft: #55575f; --line: #d5d6dc;
  --strong: #3a3fb5; --on-strong: #fff; --alarm: #a3161b; --notice: #ffe9a8; --on-notice: #3b2c00; }
@media (prefers-color-scheme: dark) {
  :root { --ground: #16171b; --card: #202228; --ink: #ececf1; --soft: #b3b5bf; --line: #41434c;
    --strong: #aeb4ff; --on-strong: #14153a; --alarm: #ffa6a1; --notice: #4a3c10; --on-notice: #ffedb8; }
}
* { box-sizing: border-box; }
body { margin: 0; background: var(--ground); color: var(--ink); font: 1rem/1.5 system-ui, 'Apple SD Gothic Neo',
  'Noto Sans KR', 'Malgun Gothic', sans-serif; }
header, main { max-width: 34rem; margin-inline: auto; padding-inline: 1rem; }
body:has(.wide) :is(header, main) { max-width: 60rem; }
header { display: flex; flex-wrap: wrap; gap: .5rem 1rem; align-items: center; justify-content: space-between;
  padding-block: 1rem; }
header p { margin: 0; }
.brand { font-weight: 600; }
.notice { background: var(--notice); color: var(--on-notice); padding: .15rem .6rem; border-radius: .3rem;
  font-size: .9rem; }
.card { background: var(--card); border: 1px solid var(--line); border-radius: .75rem; padding: 1.5rem;
  margin-block-end: 1.5rem; }
p:first-child { margin-block-start: 0; }
h1 { font-size: 1.25rem; line-height: 1.3; margin: 0 0 .5rem; }
.sum { font-size: 2rem; font-weight: 650; font-variant-numeric: tabular-nums; margin: 0 0 1rem; }
dl { display: grid; grid-template-columns: max-content 1fr; gap: .25rem 1rem; margin: 0 0 1.25rem; }
dt { color: var(--soft); } dd { margin: 0; overflow-wrap: anywhere; }
form { margin: 0 0 .75rem; }
form:last-child { margin: 0; }
label { display: block; margin: 0 0 .25rem; }
input[type=text] { width: 100%; font: inherit; color: inherit; background: var(--ground); padding: .6rem .75rem;
  border: 1px solid var(--soft); border-radius: .4rem; margin: 0 0 .75rem; font-variant-numeric: tabular-nums; }
button, .button { display: block; width: 100%; min-height: 2.75rem; padding: .6rem 1rem; font: inherit;
  font-weight: 600; text-align: center; text-decoration: none; border: 1px solid var(--soft); border-radius: .4rem;
  background: transparent; color: var(--ink); cursor: pointer; }
.first { background: var(--strong); border-color: var(--strong); color: var(--on-strong); }
h2 { font-size: 1.05rem; margin: 1.25rem 0 .5rem; }
td button { width: auto; min-height: 2rem; padding: .2rem .6rem; display: inline-block; }
td form { display: inline-block; margin: 0 .25rem 0 0; }
:focus-visible { outline: 3px solid var(--strong); outline-offset: 2px; }
.alarm { border-inline-start: .25rem solid var(--alarm); padding: .25rem .75rem; margin: 0 0 1rem; color: var(--alarm);
  font-weight: 600; }
.hint { color: var(--soft); font-size: .9rem; margin: 0 0 .75rem; }
.scroll { overflow-x: auto; }
table { border-collapse: collapse; width: 100%; }
th, td { text-align: start; padding: .5rem .75rem .5rem 0; border-block-end: 1px solid var(--line); vertical-align: top; }
@media (max-width: 40rem) {
  .wide thead { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); }
  .wide :is(table, tbody, tr, th, td) { display: block; }
  .wide tr { padding-block: .5rem; border-block-end: 1px solid var(--line); }
  .wide :is(th, td) { padding: .15rem 0; border: 0; overflow-wrap: anywhere; }
  .wide td:empty { display: none; }
}
iframe { width: 100%; height: 36rem; border: 1px solid var(--line); border-radius: .4rem; background: #fff; }
pre { white-space: pre-wrap; overflow-wrap: anywhere; font: .9rem/1.5 ui-monospace, monospace; margin: 0; }
a { color: var(--strong); }
`;
