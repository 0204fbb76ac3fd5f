/**
 * Attribute values that the page's own style sheets name in a selector (`[data-state="open"]`). Such a value is part
 * of the page's look and the same for every visitor: without it the mirror looks wrong.
 */
export interface StyleTokens {
  /** Reads the selectors of style text. */
  learn(css: string): void;
  /** Attributes of which something new was named since the last call. */
  takeNew(): string[];
  hasName(name: string): boolean;
  hasId(id: string): boolean;
  /** What of an attribute's value the selectors name, or null: then it stays in the page. */
  shown(name: string, value: string): string | null;
}

const attributeSelector =
  /\[\s*([-\w]+)\s*(?:([~|^$*]?)=\s*(?:"([^"\n]*)"|'([^'\n]*)'|([-\w]+))\s*[is]?\s*)?\]/gi;
const idSelector = /#(-?[_a-z][-\w]*)(?=[^;{}]*\{)/gi;

/** Values in which a visitor's data may stand in a form, or which are made into something else. */
const neverTokens = /^(?:on.*|value|src|srcset|(?:xlink:)?href|style|(?:form)?action|srcdoc|content)$/;

interface Named {
  whole: Set<string>;
  /** Named as a beginning, an end or a word of the value. */
  parts: Set<string>;
}

export function createStyleTokens(): StyleTokens {
  const tokens = new Map<string, Named>();
  const ids = new Set<string>();
  let added = new Set<string>();

  return {
    learn(css) {
      for (const [, name = '', operator, double, single, bare] of css.matchAll(attributeSelector)) {
        const key = name.toLowerCase();
        if (neverTokens.test(key)) continue;
        const named = tokens.get(key) ?? { whole: new Set(), parts: new Set() };
        tokens.set(key, named);
        const into = operator ? named.parts : named.whole;
        const token = double ?? single ?? bare ?? '';
        if (!into.has(token)) added.add(key);
        into.add(token);
      }
      for (const [, id = ''] of css.matchAll(idSelector)) {
        if (!ids.has(id)) added.add('id');
        ids.add(id);
      }
    },
    takeNew() {
      const names = [...added];
      added = new Set();
      return names;
    },
    hasName: (name) => tokens.has(name),
    hasId: (id) => ids.has(id),
    shown(name, value) {
      const named = tokens.get(name);
      if (!named) return null;
      if (named.whole.has(value)) return value;
      const found = [...named.parts].filter((part) => part !== '' && value.includes(part));
      if (found.length > 0) return found.join(' ');
      // `[data-open]` asks whether the attribute is there.
      return named.whole.has('') ? '' : null;
    },
  };
}
