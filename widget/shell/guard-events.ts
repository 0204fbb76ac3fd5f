import { options } from 'preact';

/** Every handler in a component runs guarded: a throw in one would reach the page's own error reporting. */
export function guardEvents(guard: (run: () => void) => void): void {
  const before = options.vnode;
  options.vnode = (vnode) => {
    if (typeof vnode.type === 'string') {
      const props = vnode.props as Record<string, unknown>;
      for (const name in props) {
        const handler = props[name];
        if (name.startsWith('on') && typeof handler === 'function') {
          props[name] = function (this: unknown, ...args: unknown[]) {
            guard(() => handler.apply(this, args));
          };
        }
      }
    }
    before?.(vnode);
  };
}
