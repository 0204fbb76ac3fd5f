import { Dialog } from './ui/dialog.tsx';
import './shortcut-sheet.css';

const groups = [
  {
    title: 'Everywhere',
    keys: [
      ['g i', 'Go to the inbox'],
      ['g f', 'Go to feedback'],
      ['g s', 'Go to settings'],
      ['?', 'Show these keys'],
    ],
  },
  {
    title: 'List',
    keys: [
      ['j', 'Next conversation (also ↓)'],
      ['k', 'Previous conversation (also ↑)'],
      ['Enter', 'Open it'],
    ],
  },
  {
    title: 'Conversation',
    keys: [
      ['r', 'Write a reply'],
      ['e', 'Resolve or reopen'],
      ['a', 'Assign to me'],
      ['v', 'Show or hide the visitor'],
      ['Enter', 'Send'],
      ['Shift Enter', 'New line'],
      ['Esc', 'Leave the reply, then back to the list'],
    ],
  },
] as const;

export function ShortcutSheet({ onClose }: { onClose: () => void }) {
  return (
    <Dialog title="Keyboard shortcuts" onClose={onClose}>
      <div class="shortcut-sheet">
        {groups.map((group) => (
          <section key={group.title}>
            <h3>{group.title}</h3>
            <dl>
              {group.keys.map(([keys, meaning]) => (
                <div key={keys} class="shortcut">
                  <dt>
                    {keys.split(' ').map((key) => (
                      <kbd key={key}>{key}</kbd>
                    ))}
                  </dt>
                  <dd>{meaning}</dd>
                </div>
              ))}
            </dl>
          </section>
        ))}
      </div>
      <p class="muted">Letters can be switched off under Settings, Your account.</p>
    </Dialog>
  );
}
