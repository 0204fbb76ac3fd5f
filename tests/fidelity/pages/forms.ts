import type { FidelityPage } from '../page.ts';

const plainFields =
  '<style>input,select,textarea,button{font:22px sans-serif;margin:6px;display:block}</style>';

/** What forms hold, and what their states look like. */
export const formPages: FidelityPage[] = [
  {
    name: 'form-typed',
    head: plainFields,
    body: '<input id="a"><input id="b" type="search" placeholder="Find"><textarea id="c">Preset</textarea><input id="d" type="url" value="x">',
    act: async (page) => {
      await page.locator('#a').pressSequentially('Typed text');
      await page.locator('#b').fill('Found');
      await page.locator('#c').fill('Two\nlines');
      await page.evaluate(() => {
        (document.getElementById('d') as HTMLInputElement).value = 'https://set.example';
      });
    },
  },
  {
    name: 'form-ticks',
    head: '<style>input{width:60px;height:60px}</style>',
    body: '<input type="checkbox" id="a"><input type="checkbox" id="b" checked><input type="checkbox" id="c"><input type="radio" name="r" id="d" checked><input type="radio" name="r" id="e">',
    act: async (page) => {
      await page.locator('#a').check();
      await page.locator('#b').uncheck();
      await page.locator('#e').check();
      await page.evaluate(() => {
        (document.getElementById('c') as HTMLInputElement).indeterminate = true;
      });
    },
  },
  {
    name: 'form-indeterminate-before',
    head: '<style>input{width:80px;height:80px} input:indeterminate{outline:10px solid gold}</style>',
    body: `<input type="checkbox" id="a"><input type="checkbox" id="b"><script>document.getElementById('a').indeterminate=true</script>`,
    act: (page) => page.locator('#b').check(),
  },
  {
    name: 'form-choices',
    head: plainFields,
    body: '<select id="a"><option>One<option>Two<option>Three</select><select id="b" multiple size="6"><option selected>A<option>B<option>C<option>D<option>E</select><select id="c"><optgroup label="G"><option>x<option>y</optgroup></select>',
    act: async (page) => {
      await page.locator('#a').selectOption('Three');
      await page.locator('#b').selectOption(['B', 'D', 'E']);
      await page.evaluate(() => {
        (document.getElementById('c') as HTMLSelectElement).selectedIndex = 1;
        (document.getElementById('a') as HTMLSelectElement).add(new Option('Four', '4', false, true));
      });
    },
  },
  {
    name: 'form-reset',
    head: plainFields,
    body: '<form id="f"><input id="a" value="Preset"><textarea id="b">Preset too</textarea><input type="checkbox" id="c"><select id="d"><option>One<option>Two</select><select id="e" multiple><option selected>A<option>B</select></form>',
    act: async (page) => {
      await page.locator('#a').fill('Changed');
      await page.locator('#b').fill('Changed too');
      await page.locator('#c').check();
      await page.locator('#d').selectOption('Two');
      await page.locator('#e').selectOption(['B']);
      await page.evaluate(() => (document.getElementById('f') as HTMLFormElement).reset());
    },
  },
  {
    name: 'form-ranges',
    head: '<style>input,meter,progress{display:block;width:500px;height:40px;margin:10px}</style>',
    body: '<input type="range" id="a" min="0" max="10" value="2"><input type="color" id="b" value="#ff0000"><meter id="m" value=".3"></meter><progress id="p" max="10" value="2"></progress><progress></progress>',
    unlike: 'progress:not([value])',
    act: (page) =>
      page.evaluate(() => {
        const set = (id: string, value: string) => {
          const field = document.getElementById(id) as HTMLInputElement;
          field.value = value;
          field.dispatchEvent(new Event('input', { bubbles: true }));
        };
        set('a', '8');
        set('b', '#00aa55');
        (document.getElementById('m') as HTMLMeterElement).value = 0.9;
        (document.getElementById('p') as HTMLProgressElement).value = 7;
      }),
  },
  {
    name: 'form-dates-and-numbers',
    head: plainFields,
    body: '<input type="number" id="a" value="3"><input type="date" id="b" value="2026-02-03"><input type="time" id="c"><input type="month" id="d" value="2026-05">',
    act: async (page) => {
      await page.locator('#a').fill('42');
      await page.locator('#b').fill('2026-12-24');
      await page.locator('#c').fill('09:30');
    },
  },
  {
    name: 'form-masked',
    isMasked: true,
    head: plainFields,
    body: '<div data-rapport-mask><input id="a"><input type="number" id="b" value="3"><input type="date" id="c" value="2026-02-03"><textarea id="d"></textarea><input type="time" id="e" value="10:10"></div>',
    unlike: 'body > div',
    act: async (page) => {
      await page.locator('#a').fill('Secret');
      await page.locator('#d').fill('Secret');
    },
  },
  {
    name: 'form-file-chosen',
    head: '<style>input{font-size:30px;display:block;margin:12px}</style>',
    body: '<input type="file" id="a"><input type="file" id="b" multiple>',
    act: async (page) => {
      const file = (name: string) => ({ name, mimeType: 'text/plain', buffer: Buffer.from('x') });
      await page.locator('#a').setInputFiles(file('invoice.txt'));
      await page.locator('#b').setInputFiles([file('one.txt'), file('two.txt')]);
    },
  },
  {
    name: 'form-validity',
    head: '<style>input{font-size:30px;display:block;margin:12px;width:600px} input:user-invalid{background:tomato} input:user-valid{background:lightgreen} input:invalid{border-left:30px solid crimson} :placeholder-shown{border-right:30px solid gold} fieldset:invalid{background:mistyrose}</style>',
    body: '<fieldset><input id="a" type="email" required><input id="b" required placeholder="Name"><input id="c" pattern="[a-z]+" value="123"></fieldset>',
    act: async (page) => {
      await page.locator('#a').fill('not an address');
      await page.locator('#b').fill('somebody');
      await page.locator('#c').focus();
    },
  },
  {
    name: 'form-states',
    head: '<style>input,button,fieldset{font-size:24px} :disabled{background:silver} :read-only:not(fieldset,div,html,body,button){background:plum} :checked+b{color:crimson} :required{border:6px solid teal} form:has(:checked){background:gold}</style>',
    body: '<form><fieldset disabled id="f"><input value="In a disabled set"></fieldset><input readonly id="r" value="Read only"><input id="q"><label><input type="checkbox" id="c"><b>Tick</b></label></form>',
    act: async (page) => {
      await page.evaluate(() => {
        (document.getElementById('f') as HTMLFieldSetElement).disabled = false;
        (document.getElementById('r') as HTMLInputElement).readOnly = false;
        (document.getElementById('q') as HTMLInputElement).required = true;
      });
      await page.locator('#c').check();
    },
  },
];
