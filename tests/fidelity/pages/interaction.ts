import type { FidelityPage } from '../page.ts';

const block = (text: string) => `<div class="card">${text}</div>`;

/** The top layer, hover, focus, selection. */
export const interactionPages: FidelityPage[] = [
  {
    name: 'dialog-modal',
    head: '<style>dialog::backdrop{background:#0008} dialog{border:6px solid teal;padding:30px}</style>',
    body: `${block('Behind').repeat(5)}<dialog id="d"><h2>Modal</h2><button>OK</button></dialog>`,
    act: (page) => page.evaluate(() => (document.getElementById('d') as HTMLDialogElement).showModal()),
  },
  {
    name: 'dialog-open-before',
    head: '<style>dialog::backdrop{background:#0008}</style>',
    body: `${block('Behind').repeat(5)}<dialog id="d"><h2>Modal from the start</h2></dialog><script>document.getElementById('d').showModal()</script>`,
  },
  {
    name: 'dialogs-and-closing',
    body: `${block('Page').repeat(3)}<dialog id="a">Not modal</dialog><dialog id="b">Closed again</dialog><dialog id="c"><form method="dialog"><button id="x">Close</button></form></dialog>`,
    act: async (page) => {
      await page.evaluate(() => {
        const [a, b, c] = ['a', 'b', 'c'].map((id) => document.getElementById(id) as HTMLDialogElement);
        a?.show();
        b?.showModal();
        b?.close();
        c?.showModal();
      });
      await page.locator('#x').click();
    },
  },
  {
    name: 'popover-open',
    head: '<style>[popover]{background:gold;border:4px solid;padding:30px;inset:auto;left:200px;top:150px;margin:0}[popover]::backdrop{background:#0af5} [popover]:popover-open{width:300px;height:200px}</style>',
    body: `${block('Page').repeat(4)}<button popovertarget="p">Open</button><div id="p" popover>Popover</div>`,
    act: async (page) => {
      await page.getByText('Open').click();
    },
  },
  {
    name: 'popover-open-before',
    head: '<style>[popover]{background:plum;width:400px;height:300px}</style>',
    body: `${block('Page').repeat(4)}<div id="p" popover="manual">Open from the start</div><script>document.getElementById('p').showPopover()</script>`,
  },
  {
    name: 'popover-closed-again',
    body: `${block('Page').repeat(4)}<div id="p" popover>Popover</div><div id="q" popover="manual" style="background:gold;width:300px;height:200px">Stays</div>`,
    act: (page) =>
      page.evaluate(() => {
        const [p, q] = ['p', 'q'].map((id) => document.getElementById(id) as HTMLElement);
        p?.showPopover();
        p?.hidePopover();
        q?.showPopover();
      }),
  },
  {
    name: 'popover-over-dialog',
    head: '<style>#p{background:gold;width:240px;height:120px} dialog{width:500px;height:300px} dialog::backdrop{background:#0006}</style>',
    body: `${block('Page').repeat(4)}<dialog id="d">Dialog<div id="p" popover="manual">Above</div></dialog>`,
    act: (page) =>
      page.evaluate(() => {
        (document.getElementById('d') as HTMLDialogElement).showModal();
        (document.getElementById('p') as HTMLElement).showPopover();
      }),
  },
  {
    name: 'details',
    // The banner is at the top.
    head: '<style>body{padding-top:60px}</style>',
    body: '<details id="a"><summary>One</summary><p class="card">First</p></details><details id="b" open><summary>Two</summary><p class="card">Second</p></details><details name="g" open><summary>G1</summary><p class="card">x</p></details><details name="g" id="c"><summary>G2</summary><p class="card">y</p></details>',
    act: async (page) => {
      await page.locator('#a summary').click();
      await page.locator('#b summary').click();
      await page.locator('#c summary').click();
      await page.mouse.move(700, 590);
    },
  },
  {
    name: 'hover-menu',
    head: '<style>body{padding-top:60px} nav ul{display:none;background:gold;padding:40px;margin:0} nav:hover ul{display:block} nav{width:300px;background:teal} .card:hover{background:tomato}</style>',
    body: `<nav>Menu<ul><li>One<li id="i">Two</ul></nav>${block('Below')}`,
    act: async (page) => {
      await page.locator('nav').hover();
      await page.locator('#i').hover();
    },
  },
  {
    name: 'hover-under-still-pointer',
    head: '<style>.card{height:90px} .card:hover{background:tomato}</style>',
    body: `<div id="t"></div>${[0, 1, 2, 3].map((at) => block(`Card ${at}`)).join('')}`,
    act: async (page) => {
      await page.mouse.move(200, 60);
      await page.evaluate(() => {
        (document.getElementById('t') as HTMLElement).style.height = '134px';
      });
      await page.locator('.card:hover').waitFor({ state: 'detached' });
      await page.evaluate(() => {
        (document.getElementById('t') as HTMLElement).remove();
        document.querySelector('.card')?.remove();
      });
      await page.locator('.card:hover').waitFor();
    },
  },
  {
    name: 'focus-styles',
    head: '<style>:focus{background:gold} :focus-visible{outline:8px solid crimson} form:focus-within{background:#bee3f8;padding:40px}</style>',
    body: '<form><input id="i" value="Field"><button type="button" id="b">Button</button><a href="#x">Link</a></form>',
    act: async (page) => {
      await page.locator('#i').focus();
      await page.keyboard.press('Tab');
    },
  },
  {
    name: 'focus-by-mouse',
    head: '<style>button{font-size:40px;padding:30px} button:focus{background:gold} button:focus-visible{outline:20px solid crimson}</style>',
    body: '<button id="b">Clicked, not tabbed to</button>',
    act: (page) => page.locator('#b').click(),
  },
  {
    name: 'active-and-target',
    head: '<style>.card:active{background:crimson;height:150px} :target{background:gold;height:150px}</style>',
    body: `<a href="#t">To the target</a><div id="t" class="card">Target</div>${block('<b id="press">Press</b>')}`,
    act: async (page) => {
      await page.getByText('To the target').click();
      await page.locator('#press').hover();
      await page.mouse.down();
    },
  },
  {
    name: 'selection-of-text',
    body: `<p id="p" style="font-size:30px">Words that somebody has marked, over <b>several</b> nodes</p><p id="q" style="font-size:30px">and into another paragraph of the same page.</p>`,
    act: (page) =>
      page.evaluate(() => {
        const [p, q] = [document.getElementById('p')?.firstChild, document.getElementById('q')?.firstChild];
        if (p && q) getSelection()?.setBaseAndExtent(p, 6, q, 16);
      }),
  },
  {
    name: 'selection-in-field',
    head: '<style>input,textarea{font:60px monospace;width:700px;outline:0} textarea{height:200px}</style>',
    body: '<input id="i" value="Selected words"><textarea></textarea>',
    act: (page) =>
      page.evaluate(() => {
        const input = document.getElementById('i') as HTMLInputElement;
        input.focus();
        input.setSelectionRange(0, 8);
      }),
  },
  {
    name: 'editable-text',
    body: '<div contenteditable id="e" class="card tall">Edit <b>me</b></div>',
    act: async (page) => {
      await page.locator('#e').click();
      await page.keyboard.press('End');
      await page.keyboard.type(' and more');
      await page.keyboard.press('Enter');
      await page.keyboard.type('second line');
    },
  },
];
