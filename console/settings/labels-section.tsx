import { Check } from 'lucide';
import { useId } from 'preact/hooks';
import type { Label } from '../../shared/model/workspace.ts';
import { TextField } from '../ui/field.tsx';
import { Icon } from '../ui/icon.tsx';
import { labelFaults } from './item-faults.ts';
import { type ItemEditorProps, ItemSection } from './item-section.tsx';
import { LabelChip } from './label-chip.tsx';
import { freeColor, labelColors } from './label-colors.ts';
import './labels-section.css';

export function LabelsSection({ siteId }: { siteId: string }) {
  return (
    <ItemSection
      kind="label"
      noun="label"
      title="Labels"
      about="Marks on conversations, such as refund or urgent delivery. The inbox can be filtered by them; visitors never see them."
      empty="No labels yet. Begin with what you would like to count or find again."
      siteId={siteId}
      readOnly={false}
      itemsOf={({ labels }) => labels}
      nameOf={({ name }) => name}
      nameField="name"
      newItem={(id, { labels }) => ({
        kind: 'label',
        id,
        name: '',
        color: freeColor(labels.map(({ color }) => color)),
      })}
      faultsOf={labelFaults}
      renderRow={(label) => <LabelChip label={label} />}
      Editor={LabelEditor}
    />
  );
}

function LabelEditor({ item, onItem, errors }: ItemEditorProps<Label>) {
  const group = useId();
  return (
    <>
      <TextField
        label="Name"
        value={item.name}
        onValue={(name) => onItem({ ...item, name })}
        error={errors.name}
        maxLength={40}
      />
      <fieldset class="swatches">
        <legend class="field-label">Colour</legend>
        <div class="swatches-row">
          {labelColors.map(({ color, name }) => (
            <label key={color} class="swatch" title={name}>
              <input
                class="unseen"
                type="radio"
                name={group}
                value={color}
                checked={color === item.color}
                onChange={() => onItem({ ...item, color })}
              />
              <span class="swatch-disc" style={{ backgroundColor: color }}>
                {color === item.color ? <Icon node={Check} sizePx={14} /> : null}
              </span>
              <span class="unseen">{name}</span>
            </label>
          ))}
        </div>
      </fieldset>
      <p>
        <LabelChip label={item} />
      </p>
    </>
  );
}
