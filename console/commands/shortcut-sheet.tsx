import { commandGroups } from '../command-registry.ts';
import { KeyCap } from '../key-cap.tsx';
import { Dialog } from '../ui/dialog.tsx';
import { useCommandRegistry } from '../use-commands.ts';
import './shortcut-sheet.css';

/** Every key that does something in the page that is shown: made from the commands themselves. */
export function ShortcutSheet({ onClose }: { onClose: () => void }) {
  const commands = useCommandRegistry()?.all.value ?? [];
  return (
    <Dialog title="Keyboard shortcuts" onClose={onClose}>
      <div class="shortcut-sheet">
        {commandGroups.map((group) => {
          const shown = commands.filter(({ keys, ...one }) => one.group === group && keys && keys.length > 0);
          return shown.length === 0 ? null : (
            <section key={group}>
              <h3>{group}</h3>
              <dl>
                {shown.map(({ id, label, keys = [], enabled }) => (
                  <div key={id} class={enabled === false ? 'shortcut shortcut-off' : 'shortcut'}>
                    <dt>
                      {keys.map((one, index) => (
                        <span key={one} class="shortcut-keys">
                          {index > 0 ? <span class="muted"> or </span> : null}
                          <KeyCap keys={one} />
                        </span>
                      ))}
                    </dt>
                    <dd>
                      {label}
                      {enabled === false ? <span class="muted"> (not now)</span> : null}
                    </dd>
                  </div>
                ))}
              </dl>
            </section>
          );
        })}
      </div>
      <p class="muted">
        Other pages have keys of their own. Letters can be switched off under Settings, Your account.
      </p>
    </Dialog>
  );
}
