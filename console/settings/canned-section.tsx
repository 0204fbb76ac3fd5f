import { plainText } from '../../shared/model/message-format.ts';
import type { CannedReply } from '../../shared/model/workspace.ts';
import { TextField } from '../ui/field.tsx';
import { cannedFaults, shortcutFromText } from './item-faults.ts';
import { type ItemEditorProps, ItemSection } from './item-section.tsx';
import { TemplateField } from './template-field.tsx';

export function CannedSection({ siteId }: { siteId: string }) {
  return (
    <ItemSection
      kind="canned"
      noun="canned reply"
      title="Canned replies"
      about="Texts that you send often. In the composer, type / and the shortcut; variables are filled in, and a text with a gap is not sent."
      empty="No canned replies yet. Begin with the answer you gave most often this week."
      siteId={siteId}
      readOnly={false}
      itemsOf={({ canned }) => canned}
      nameOf={({ shortcut }) => `/${shortcutFromText(shortcut)}`}
      nameField="shortcut"
      newItem={(id) => ({ kind: 'canned', id, shortcut: '', text: '' })}
      faultsOf={cannedFaults}
      renderRow={(reply) => (
        <p class="item-line">
          <bdi class="ellipsis">/{reply.shortcut}</bdi>
          <span class="ellipsis muted" dir="auto">
            {plainText(reply.text)}
          </span>
        </p>
      )}
      Editor={CannedEditor}
    />
  );
}

function CannedEditor({ item, onItem, errors }: ItemEditorProps<CannedReply>) {
  return (
    <>
      <TextField
        label="Shortcut"
        hint="What you type after /, such as refund-sent."
        value={item.shortcut}
        onValue={(shortcut) => onItem({ ...item, shortcut: shortcutFromText(shortcut) })}
        error={errors.shortcut}
        maxLength={41}
        spellcheck={false}
      />
      <TemplateField
        label="Text"
        hint="After | stands the word for when a value is not known."
        value={item.text}
        onValue={(text) => onItem({ ...item, text })}
        error={errors.text}
      />
    </>
  );
}
