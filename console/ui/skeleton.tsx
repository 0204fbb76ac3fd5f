import './skeleton.css';

/** Grey bar in the place of words that are on their way; shows after 200 ms. */
export function Skeleton({
  width,
  height = '12px',
  round = false,
}: {
  width: string;
  height?: string;
  round?: boolean;
}) {
  return (
    <span
      class={round ? 'skeleton skeleton-round' : 'skeleton'}
      aria-hidden="true"
      style={{ inlineSize: width, blockSize: height }}
    />
  );
}
