import type { FidelityPage } from '../page.ts';

const bar = (color: string, text: string) =>
  `<div style="background:${color};padding:24px;margin:6px 0">${text}</div>`;

/** Shadow roots, frames, and changes of the tree. */
export const documentPages: FidelityPage[] = [
  {
    name: 'shadow-roots',
    body: `<x-outer><b>Slotted</b><i slot="end">End</i></x-outer><script>
customElements.define('x-inner',class extends HTMLElement{constructor(){super();this.attachShadow({mode:'open'}).innerHTML='<style>:host{display:block;background:gold;padding:20px}</style>Inner <slot></slot>'}});
customElements.define('x-outer',class extends HTMLElement{constructor(){super();this.attachShadow({mode:'open'}).innerHTML='<style>:host{display:block;background:teal;padding:20px}::slotted(b){color:white}x-inner::part(x){color:red}</style><x-inner><slot></slot></x-inner><p>Between</p><slot name="end"></slot>'}});</script>`,
    act: (page) =>
      page.evaluate(() => {
        const outer = document.querySelector('x-outer');
        outer?.append('More text');
        outer?.shadowRoot?.querySelector('p')?.insertAdjacentHTML('afterend', '<h2>Later</h2>');
        const late = document.createElement('x-outer');
        late.innerHTML = '<b>Second</b>';
        document.body.append(late);
      }),
  },
  {
    name: 'declarative-shadow',
    body: '<section><template shadowrootmode="open"><style>p{background:plum;padding:30px}</style><p>Declared</p><slot></slot></template><em>Light</em></section>',
  },
  {
    name: 'shadow-adopted-sheets',
    body: `<div id="h"></div><div id="h2"></div><script>window.sheet=new CSSStyleSheet();sheet.replaceSync('p{background:gold;padding:30px}');
const r=document.getElementById('h').attachShadow({mode:'open'});r.innerHTML='<p>One</p>';r.adoptedStyleSheets=[sheet]</script>`,
    act: (page) =>
      page.evaluate(() => {
        const { sheet } = window as unknown as { sheet: CSSStyleSheet };
        sheet.insertRule('p{color:crimson;font-size:30px}', 1);
        const root = document.getElementById('h2')?.attachShadow({ mode: 'open' });
        if (!root) return;
        root.innerHTML = '<p>Two</p><div></div>';
        root.adoptedStyleSheets.push(sheet);
        const deep = root.querySelector('div')?.attachShadow({ mode: 'open' });
        if (!deep) return;
        deep.innerHTML = '<p>Deep</p>';
        deep.adoptedStyleSheets = [sheet];
      }),
  },
  {
    name: 'shadow-root-closed',
    body: `${bar('gold', 'Around')}<x-closed class="closed" style="display:block"></x-closed>${bar('plum', 'Below')}<script>
customElements.define('x-closed',class extends HTMLElement{constructor(){super();this.attachShadow({mode:'closed'}).innerHTML='<p style="background:teal;height:120px;margin:0">Nobody sees this</p>'}})</script>`,
    unlike: '.closed',
  },
  {
    name: 'elements-defined-later',
    head: '<style>x-late{display:block;padding:30px;background:tomato} x-late:defined{background:seagreen;color:white} :not(:defined){opacity:.5}</style>',
    body: '<x-late>Defined later</x-late><x-never>Never defined</x-never>',
    act: (page) => page.evaluate(() => customElements.define('x-late', class extends HTMLElement {})),
  },
  {
    name: 'slots-moved',
    body: `<div id="h"><b slot="a">One</b><b slot="b">Two</b></div><script>document.getElementById('h').attachShadow({mode:'open'}).innerHTML='<div style="background:gold;padding:20px"><slot name="a"></slot></div><div style="background:plum;padding:20px"><slot name="b"></slot></div>'</script>`,
    act: (page) =>
      page.evaluate(() => {
        const [one, two] = document.querySelectorAll('b');
        one?.setAttribute('slot', 'b');
        two?.setAttribute('slot', 'a');
      }),
  },
  {
    name: 'frame-same-origin',
    body: '<iframe id="f" src="/framed/inside.html" style="width:600px;height:300px;border:0"></iframe>',
    files: {
      '/framed/inside.html': {
        type: 'text/html',
        body: `<!doctype html><style>body{background:gold;font:20px sans-serif}</style><h1>Inside</h1><input data-rapport-unmask value="x"><p id="p">before</p>`,
      },
    },
    act: async (page) => {
      await page.frameLocator('#f').locator('input').fill('typed inside');
      await page
        .frameLocator('#f')
        .locator('#p')
        .evaluate((p) => {
          p.textContent = 'after';
          p.style.color = 'red';
        });
    },
  },
  {
    name: 'frames-nested-srcdoc',
    body: `<iframe style="width:700px;height:400px" srcdoc="<body style='background:gold'><h2>First</h2><iframe style='width:80%;height:70%' srcdoc=&quot;<body style='background:teal;color:white'><h2>Second</h2><iframe srcdoc='<h3>Third</h3>'></iframe></body>&quot;></iframe></body>"></iframe>`,
  },
  {
    name: 'frame-added-later',
    body: '<h1>A frame comes</h1>',
    act: (page) =>
      page.evaluate(
        () =>
          new Promise((resolve) => {
            const frame = document.createElement('iframe');
            frame.style.cssText = 'width:700px;height:300px;border:4px solid teal';
            frame.onload = () => {
              const inner = document.createElement('iframe');
              inner.srcdoc = '<body style="background:plum">Inner</body>';
              inner.onload = resolve;
              frame.contentDocument?.body.append('Outer', inner);
            };
            frame.srcdoc = '<body style="background:gold"></body>';
            document.body.append(frame);
          }),
      ),
  },
  {
    name: 'frame-navigates',
    body: '<iframe id="f" src="/nav/one.html" style="width:600px;height:300px"></iframe>',
    files: {
      '/nav/one.html': { type: 'text/html', body: '<!doctype html><body style="background:gold">One' },
      '/nav/two.html': {
        type: 'text/html',
        body: '<!doctype html><body style="background:teal;color:#fff">Two <b>bold</b>',
      },
    },
    act: (page) =>
      page.evaluate(
        () =>
          new Promise((resolve) => {
            const frame = document.getElementById('f') as HTMLIFrameElement;
            frame.onload = resolve;
            frame.src = '/nav/two.html';
          }),
      ),
  },
  {
    name: 'frame-of-another-site',
    body: `${bar('gold', 'Around')}<iframe class="other" src="data:text/html,other" style="width:300px;height:120px"></iframe>${bar('plum', 'Below')}`,
    unlike: '.other',
  },
  {
    name: 'embedded-objects',
    body: `${bar('gold', 'Around')}<object class="o" data="/nothing" style="width:200px;height:100px;display:block">Fallback</object>${bar('plum', 'Below')}`,
    unlike: '.o',
  },
  {
    name: 'moves-in-one-turn',
    body: `<ul id="l">${Array.from({ length: 10 }, (_, at) => `<li>Item ${at}</li>`).join('')}</ul><div id="a" class="card">Mover <b>bold</b></div>`,
    act: (page) =>
      page.evaluate(() => {
        const mover = document.getElementById('a') as HTMLElement;
        const parent = document.createElement('section');
        parent.style.cssText = 'background:gold;padding:20px';
        const inner = document.createElement('div');
        parent.append(inner);
        document.body.append(parent);
        inner.append(mover);
        const list = document.getElementById('l') as HTMLElement;
        for (const item of [...list.children].reverse()) list.append(item);
        const wrap = document.createElement('div');
        const first = list.firstElementChild as Element;
        wrap.append(first);
        wrap.append('after');
        list.prepend(wrap);
        mover.replaceWith('gone', mover, document.createElement('hr'));
      }),
  },
  {
    name: 'keyed-reorder',
    body: '<div id="l"></div>',
    act: (page) =>
      page.evaluate(async () => {
        const list = document.getElementById('l') as HTMLElement;
        const make = (name: string) => {
          const item = document.createElement('p');
          item.className = 'card';
          item.textContent = name;
          return item;
        };
        const items = ['a', 'b', 'c', 'd', 'e', 'f', 'g'].map(make);
        for (let turn = 0; turn < 12; turn += 1) {
          items.push(...items.splice(turn % 5, 2));
          if (turn % 3 === 0) items[1]?.remove();
          list.replaceChildren(...items.slice(0, 6));
          if (turn % 2) await new Promise(requestAnimationFrame);
        }
      }),
  },
  {
    name: 'text-edits',
    body: '<p id="p">Some words to edit</p><p id="q">one two three</p><pre id="r">line</pre>',
    act: (page) =>
      page.evaluate(() => {
        const text = document.getElementById('p')?.firstChild as Text;
        text.splitText(5).splitText(6);
        text.data = 'Other ';
        document.getElementById('p')?.normalize();
        const range = document.createRange();
        const second = document.getElementById('q')?.firstChild as Text;
        range.setStart(second, 4);
        range.setEnd(second, 7);
        range.surroundContents(document.createElement('mark'));
        const line = document.getElementById('r')?.firstChild as Text;
        line.appendData('\nmore\n\tlines');
      }),
  },
  {
    name: 'odd-tags',
    body: '<foo<bar style="background:gold;padding:10px">Odd</foo<bar><my:tag>Colon</my:tag><center><font size=5 color=red>Old</font></center><blink>Blink</blink><x->Dash</x-><marquee scrollamount=0>Still</marquee><acronym>A</acronym>',
  },
  {
    name: 'markup-by-strings',
    body: '<div id="a"></div><div id="b"></div>',
    act: (page) =>
      page.evaluate(() => {
        const [a, b] = [document.getElementById('a'), document.getElementById('b')];
        a?.insertAdjacentHTML(
          'beforeend',
          '<table class="card"><tr><td>One<td>Two<tr><td colspan=2>Three</table>',
        );
        if (b) b.innerHTML = '<ul><li>x<li>y</ul><details open><summary>S</summary>Text</details>';
        b?.querySelector('li')?.insertAdjacentHTML('beforebegin', '<li>before');
        if (a) a.outerHTML = `<section>${a.innerHTML}</section>`;
      }),
  },
  {
    name: 'math-later',
    body: '<p><math display="block"><mfrac><mi>a</mi><mrow><mi>b</mi><mo>+</mo><msqrt><mn>2</mn></msqrt></mrow></mfrac></math></p><div id="d" style="font-size:40px"></div>',
    act: (page) =>
      page.evaluate(() => {
        (document.getElementById('d') as HTMLElement).innerHTML =
          '<math><munderover><mo>\u2211</mo><mn>1</mn><mi>n</mi></munderover><mfrac><mn>1</mn><msup><mi>x</mi><mn>2</mn></msup></mfrac></math>';
      }),
  },
  {
    name: 'document-opened-again',
    body: bar('gold', 'First document'),
    act: (page) =>
      page.evaluate(() => {
        document.open();
        document.write(
          '<!doctype html><html class="page-document-opened-again"><body style="background:teal;color:white"><h1>Second document</h1><p>Written</p></body></html>',
        );
        document.close();
      }),
  },
  {
    name: 'body-replaced',
    body: bar('gold', 'First body'),
    act: (page) =>
      page.evaluate(() => {
        const body = document.createElement('body');
        body.style.background = 'plum';
        body.innerHTML = '<h1>Another body</h1>';
        document.body.replaceWith(body);
      }),
  },
];
