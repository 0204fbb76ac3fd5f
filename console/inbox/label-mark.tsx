import type { Label } from '../../shared/model/workspace.ts';
import './label-mark.css';

/** A label as it stands on a conversation: its name beside its colour, so that the colour never speaks alone. */
export function LabelMark({ label }: { label: Pick<Label, 'name' | 'color'> }) {
  return (
    <span class="label-mark">
      <LabelDot color={label.color} />
      <bdi class="ellipsis">{label.name}</bdi>
    </span>
  );
}

export function LabelDot({ color }: { color: string }) {
  return <span class="label-dot" aria-hidden="true" style={{ backgroundColor: color }} />;
}
