import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { FidelityPage } from '../page.ts';

const cards = (count: number) =>
  Array.from({ length: count }, (_, at) => `<div class="card c${at}">Card number ${at}</div>`).join('');
const font = () =>
  readFileSync(fileURLToPath(new URL('../../../demo-site/public/fonts/inter-latin.woff2', import.meta.url)));

/** Style sheets of every origin, and changes of them. */
export const stylePages: FidelityPage[] = [
  {
    name: 'rules-by-script',
    head: '<style id="s">.c0{background:gold}.c1{background:tomato}</style>',
    body: cards(5),
    act: (page) =>
      page.evaluate(() => {
        const sheet = (document.getElementById('s') as HTMLStyleElement).sheet as CSSStyleSheet;
        sheet.insertRule('.c2{background:seagreen;color:white}', 0);
        sheet.deleteRule(1);
        (sheet.cssRules[1] as CSSStyleRule).style.setProperty('background', 'royalblue');
        sheet.insertRule('@media (min-width:1px){.c3{background:orchid}}', 2);
        (sheet.cssRules[2] as CSSMediaRule).insertRule('.c4{background:teal}', 0);
      }),
  },
  {
    name: 'css-in-js-sheet',
    body: `${cards(4)}<script>const s=document.createElement('style');document.head.append(s);
for(let i=0;i<4;i++)s.sheet.insertRule('.c'+i+'{background:hsl('+i*70+' 70% 60%)}',i)</script>`,
    act: (page) =>
      page.evaluate(() => {
        const late = document.createElement('style');
        document.head.append(late);
        late.sheet?.insertRule('.card{border:6px solid navy}');
      }),
  },
  {
    name: 'constructed-sheets',
    body: `${cards(4)}<script>window.made=new CSSStyleSheet();made.replaceSync('.card{background:khaki}.c0{color:red}');document.adoptedStyleSheets=[made]</script>`,
    act: (page) =>
      page.evaluate(() => {
        const { made } = window as unknown as { made: CSSStyleSheet };
        made.insertRule('.c1{background:coral}', 2);
        const second = new CSSStyleSheet();
        second.replaceSync('.c2{background:slateblue;color:white}');
        document.adoptedStyleSheets = [made, second];
        second.replaceSync('.c3{background:black;color:white}');
      }),
  },
  {
    name: 'adopted-sheet-pushed',
    body: cards(4),
    act: (page) =>
      page.evaluate(() => {
        const sheet = new CSSStyleSheet();
        sheet.replaceSync('.card{background:crimson;color:white}');
        document.adoptedStyleSheets.push(sheet);
      }),
  },
  {
    name: 'sheet-disabled',
    head: `<style id="a">.c0,.c1{background:tomato;height:90px}</style><style id="b">.c2,.c3{background:teal;height:90px}</style>`,
    body: `${cards(4)}<script>document.getElementById('a').sheet.disabled=true</script>`,
    act: (page) =>
      page.evaluate(() => {
        (document.getElementById('b') as HTMLStyleElement).disabled = true;
        (document.getElementById('a') as HTMLStyleElement).disabled = false;
      }),
  },
  {
    name: 'style-text-later',
    head: '<style id="s">.c0{background:gold}</style><style id="t">.c3{background:gold}</style>',
    body: cards(5),
    act: (page) =>
      page.evaluate(() => {
        document.getElementById('s')?.append('.c1{background:purple;color:white}');
        document.getElementById('s')?.append(document.createTextNode('.c2{background:green;color:white}'));
        const text = document.getElementById('t');
        if (text) text.textContent = '.c3{background:brown;color:white} .c4{background:black;color:white}';
      }),
  },
  {
    name: 'shorthand-with-variables',
    head: `<style>:root{--line:#c53030;--gap:20px;--w:8px} .card{border:var(--w) solid var(--line);border-bottom:0;margin:var(--gap);margin-top:4px}
.c1{border:1px solid var(--line);border-left-width:30px} .c2{background:var(--line) linear-gradient(90deg,gold,teal);background-size:50% 100%;background-repeat:no-repeat}</style>`,
    body: cards(5),
  },
  {
    name: 'nesting-layers-containers',
    head: `<style>@layer base,top;@layer top{.c0{background:teal;color:white}}@layer base{.c0{background:red}}
.wrap{container-type:inline-size;width:400px}@container (min-width:300px){.c1{background:gold}}@supports (display:grid){.c2{background:plum}}
.card{&.c3{background:salmon;& b{color:navy}}} @scope (.wrap) to (.none){.c4{background:olive}}
@property --hue{syntax:'<number>';inherits:false;initial-value:200} .c5{background:hsl(var(--hue) 60% 50%)}</style>`,
    body: `<div class="wrap">${cards(6)}<div class="card c3"><b>Bold</b></div></div>`,
  },
  {
    name: 'generated-content',
    head: `<style>ol{counter-reset:n;list-style:none} li{counter-increment:n;padding:6px} li::before{content:counter(n)". ";color:crimson;font-weight:700}
.card::after{content:"";display:block;height:40px;background:linear-gradient(90deg,gold,teal)} .c0::first-letter{font-size:40px;color:teal} li::marker{color:red}
.icon::before{content:"\\2713";color:green;font-size:30px}</style>`,
    body: `<ol><li>One</li><li>Two</li><li>Three</li></ol>${cards(3)}<p class="icon">Done</p>`,
  },
  {
    name: 'imported-sheet',
    head: '<link rel="stylesheet" href="/imported/main.css">',
    body: cards(4),
    files: {
      '/imported/main.css': {
        type: 'text/css',
        body: '@import "deep/inner.css"; .c0{background:gold;height:80px}',
      },
      '/imported/deep/inner.css': {
        type: 'text/css',
        body: '.c1{background:url(dot.svg) 0 0/40px;height:80px} .c2{background:teal;height:80px}',
      },
      '/imported/deep/dot.svg': {
        type: 'image/svg+xml',
        body: '<svg xmlns="http://www.w3.org/2000/svg" width="40" height="40"><circle cx="20" cy="20" r="18" fill="purple"/></svg>',
      },
    },
  },
  {
    name: 'linked-sheet-later',
    body: cards(4),
    files: { '/late.css': { type: 'text/css', body: '.card{background:darkcyan;color:white;height:70px}' } },
    act: (page) =>
      page.evaluate(
        () =>
          new Promise((resolve) => {
            const link = document.createElement('link');
            link.rel = 'stylesheet';
            link.href = '/late.css';
            link.onload = resolve;
            document.head.append(link);
          }),
      ),
  },
  {
    name: 'linked-sheet-replaced',
    head: '<link id="theme" rel="stylesheet" href="/theme-one.css">',
    body: cards(4),
    files: {
      '/theme-one.css': { type: 'text/css', body: '.card{background:gold;height:70px}' },
      '/theme-two.css': { type: 'text/css', body: '.card{background:indigo;color:white;height:70px}' },
    },
    act: (page) =>
      page.evaluate(
        () =>
          new Promise((resolve) => {
            const link = document.getElementById('theme') as HTMLLinkElement;
            link.onload = resolve;
            link.href = '/theme-two.css';
          }),
      ),
  },
  {
    name: 'fonts',
    head: `<style>@font-face{font-family:Shop;src:url(/shop.woff2) format("woff2")} body{font:26px/1.4 Shop,monospace} .late{font-family:Late,monospace}</style>`,
    body: `<h1>The quick brown fox</h1><p>jumps over the lazy dog, again and again, in a font of its own.</p><p class="late">A font that a script has added to the page, somewhat later.</p>`,
    files: {
      '/shop.woff2': { type: 'font/woff2', body: font() },
      '/late.woff2': { type: 'font/woff2', body: font() },
    },
    act: (page) =>
      page.evaluate(async () => {
        document.fonts.add(await new FontFace('Late', 'url(/late.woff2)').load());
      }),
  },
  {
    name: 'css-animation-ended',
    head: `<style>@keyframes in{from{opacity:0;transform:translateX(-60px)}to{opacity:1;transform:translateX(40px)}} .card{animation:in .2s both;background:gold}</style>`,
    body: cards(4),
    act: (page) => page.evaluate(() => Promise.all(document.getAnimations().map((each) => each.finished))),
  },
  {
    name: 'css-animation-paused',
    head: `<style>@keyframes go{to{transform:translateX(400px);background:crimson}} .card{width:200px;height:70px;animation:go 10s linear infinite;background:teal}</style>`,
    body: cards(4),
    act: (page) =>
      page.evaluate(() => {
        document.getAnimations().forEach((animation, at) => {
          animation.pause();
          animation.currentTime = 2_000 + at * 1_500;
        });
      }),
  },
  {
    name: 'transition-ended',
    head: '<style>.card{transition:all .25s;width:200px;background:teal} .card.on{width:600px;background:tomato;transform:rotate(2deg)}</style>',
    body: cards(4),
    act: (page) =>
      page.evaluate(async () => {
        for (const card of document.querySelectorAll('.card')) card.classList.add('on');
        document.body.getBoundingClientRect();
        await Promise.all(document.getAnimations().map((each) => each.finished));
      }),
  },
  {
    name: 'element-animate',
    head: '<style>.card{width:200px;height:60px}</style>',
    body: cards(4),
    act: (page) =>
      page.evaluate(async () => {
        const [held, filled, gone] = document.querySelectorAll('.card');
        const animation = held?.animate(
          [
            { transform: 'none', background: 'gold' },
            { transform: 'translateX(500px)', background: 'crimson' },
          ],
          { duration: 1_000, fill: 'both' },
        );
        animation?.pause();
        if (animation) animation.currentTime = 600;
        await filled?.animate({ width: ['200px', '700px'] }, { duration: 80, fill: 'forwards' }).finished;
        gone?.animate({ opacity: [1, 0] }, { duration: 5_000, fill: 'forwards' }).finish();
      }),
  },
  {
    name: 'inline-style-changes',
    body: cards(4),
    files: {
      '/img/stripe.svg': {
        type: 'image/svg+xml',
        body: '<svg xmlns="http://www.w3.org/2000/svg" width="30" height="30"><rect width="15" height="30" fill="orange"/></svg>',
      },
    },
    act: (page) =>
      page.evaluate(() => {
        const [a, b, c, d] = document.querySelectorAll<HTMLElement>('.card');
        if (!a || !b || !c || !d) return;
        a.style.backgroundImage = 'url(img/stripe.svg)';
        a.style.height = '120px';
        b.style.cssText = 'background:navy;color:white;padding:40px';
        c.style.setProperty('--x', '30px');
        c.style.setProperty('margin-left', 'var(--x)', 'important');
        d.setAttribute('style', 'background:url(/img/stripe.svg);border:4px dashed');
      }),
  },
  {
    name: 'gradients-filters-masks',
    head: `<style>.card{height:80px} .c0{background:conic-gradient(red,gold,teal,red)} .c1{background:radial-gradient(gold,navy);filter:hue-rotate(90deg)}
.c2{background:linear-gradient(45deg,tomato,teal);clip-path:polygon(0 0,100% 20%,90% 100%,10% 90%)} .c3{background:teal;mask:linear-gradient(90deg,#000,transparent)}
.c4{background:gold;mix-blend-mode:multiply;margin-top:-60px;box-shadow:0 8px 20px #0008;transform:skewX(-8deg)}</style>`,
    body: cards(5),
  },
  {
    name: 'print-and-width-queries',
    head: '<style>@media print{.card{display:none}} @media (min-width:700px){.c0{background:gold;height:90px}} @media (max-width:700px){.c1{background:red}} @media (hover:hover){.c2{background:teal;height:90px}} @media (width >= 900px){.c3{background:red}}</style>',
    body: cards(4),
  },
  {
    name: 'dark-visitor',
    browser: 'dark',
    root: 'style="color-scheme:light dark"',
    head: `<style>body{color:CanvasText} .card{background:light-dark(gold,navy);color:light-dark(black,white)} @media (prefers-color-scheme:dark){.c0{background:purple;height:120px}} @media not (prefers-color-scheme:dark){.c1{background:red}}
@media (prefers-color-scheme:light){.c2{background:red;height:200px}}</style>`,
    body: `${cards(4)}<input value="A field"> <button>A button</button> <select><option>One</option></select>`,
  },
  {
    name: 'dark-visitor-meta',
    browser: 'dark',
    head: '<meta name="color-scheme" content="dark light"><style>body{color:CanvasText} .card{background:#222}</style>',
    body: `${cards(4)}<input value="A field"> <textarea>Text</textarea>`,
  },
  {
    name: 'dark-visitor-light-page',
    browser: 'dark',
    body: `${cards(5)}<input value="A field"> <button>A button</button>`,
  },
  {
    name: 'reduced-motion',
    browser: 'calm',
    head: '<style>@media (prefers-reduced-motion:reduce){.card{background:teal;color:white;height:80px}} @media (prefers-reduced-motion:no-preference){.card{background:red}}</style>',
    body: cards(4),
  },
  {
    name: 'dense-screen',
    browser: 'dense',
    head: '<style>@media (min-resolution:1.5dppx){.c0{background:gold;height:90px}} @media (-webkit-max-device-pixel-ratio:1){.c1{background:red;height:90px}} .c2{border:.5px solid;height:90px}</style>',
    body: cards(4),
  },
];
