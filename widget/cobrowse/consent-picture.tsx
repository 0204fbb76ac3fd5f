import { Lock } from 'lucide';
import { useEffect, useRef, useState } from 'preact/hooks';
import { Icon } from '../ui/icon.tsx';
import { createPreview, type PreviewParts } from './consent-preview.ts';
import * as texts from './consent-texts.ts';

export type PictureParts = Pick<PreviewParts, 'config' | 'isOwn' | 'ownSelector'>;

/** Highest picture, as a part of the window's height: the choices must stay in sight. Words take more room on a phone. */
const heightShare = { wide: 0.4, narrow: 0.27 };
const narrowPx = 480;

/** The page as an agent would see it, small and live. */
export function ConsentPicture({ agent, ...parts }: PictureParts & { agent: string | null }) {
  const figure = useRef<HTMLElement>(null);
  const shot = useRef<HTMLDivElement>(null);
  const [state, setState] = useState<'loading' | 'failed' | { hiddenParts: number }>('loading');

  useEffect(() => {
    const [around, place] = [figure.current, shot.current];
    if (!around || !place) return;
    function fit() {
      const { paddingInlineStart, paddingInlineEnd } = getComputedStyle(around as HTMLElement);
      const roomPx =
        (around as HTMLElement).clientWidth - parseFloat(paddingInlineStart) - parseFloat(paddingInlineEnd);
      const scale = Math.min(
        roomPx / innerWidth,
        innerWidth < narrowPx ? heightShare.narrow : heightShare.wide,
      );
      (place as HTMLElement).style.cssText =
        `width:${innerWidth * scale}px;height:${innerHeight * scale}px;--cb-scale:${scale}`;
    }
    fit();
    addEventListener('resize', fit);
    const preview = createPreview({
      ...parts,
      place,
      onShown: (hiddenParts) => setState({ hiddenParts }),
      onFailed: () => setState('failed'),
    });
    return () => {
      removeEventListener('resize', fit);
      preview.close();
    };
  }, []);

  const isShown = typeof state === 'object';
  return (
    <figure ref={figure}>
      <div class="cb-shot" ref={shot} role="img" aria-label={texts.preview(agent)}>
        {!isShown && <p>{state === 'failed' ? texts.noPreview : texts.preparing}</p>}
      </div>
      <figcaption>
        <Icon of={Lock} size={14} />
        <span dir="auto">{texts.previewNote(agent, isShown ? state.hiddenParts : 0)}</span>
      </figcaption>
    </figure>
  );
}
