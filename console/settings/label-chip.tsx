import type { Label } from '../../shared/model/workspace.ts';
import './label-chip.css';

/** A label as it stands on conversations: its colour is a dot, its name is text in the page's own colour. */
export function LabelChip({ label }: { label: Pick<Label, 'name' | 'color'> }) {
  return (
    <span class="label-chip">
      <span class="label-dot" style={{ backgroundColor: label.color }} aria-hidden="true" />
      <bdi class="ellipsis">{label.name.trim() || 'Label'}</bdi>
    </span>
  );
}
