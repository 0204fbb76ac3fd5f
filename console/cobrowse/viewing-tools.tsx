import { Maximize, Minimize, MonitorSmartphone, RectangleHorizontal, Scan } from 'lucide';
import { useEffect } from 'preact/hooks';
import { Button } from '../ui/button.tsx';
import { Menu } from '../ui/menu.tsx';
import { useCommands } from '../use-commands.ts';
import type { Zoom } from '../viewer/port.ts';
import type { CobrowseView } from './cobrowse-view.ts';
import type { FullScreen } from './full-screen.ts';
import { shownDevice } from './shown-device.ts';

const zooms: { zoom: Zoom; words: string; icon: typeof Scan }[] = [
  { zoom: 'fit', words: 'Fit', icon: Scan },
  { zoom: 'actual', words: '100 %', icon: RectangleHorizontal },
  { zoom: 'device', words: 'Device frame', icon: MonitorSmartphone },
];

/** What the tools need of a view; a recording has them, too. */
export type ViewedPage = Pick<CobrowseView, 'settings' | 'size' | 'change'>;

/** How large the page is shown, and on how much of the screen. */
export function ViewingTools({
  view,
  browser,
  fullScreen,
}: {
  view: ViewedPage;
  browser: string;
  fullScreen: FullScreen;
}) {
  const { zoom, device } = view.settings.value;
  const size = view.size.value;
  const shown = size ? shownDevice(browser, size) : device;
  useEffect(() => {
    if (shown !== device) view.change({ device: shown });
  }, [shown, device, view]);

  const at = zooms.findIndex((one) => one.zoom === zoom);
  const next = zooms[(at + 1) % zooms.length];
  const icon = zooms[at]?.icon;
  const words = zoomWords(zoom, size?.scale);
  useCommands([
    {
      id: 'cobrowse.zoom',
      label: `Zoom of the page: ${next?.words}`,
      group: 'Conversation',
      keys: ['z'],
      run: () => next && view.change({ zoom: next.zoom }),
    },
    {
      id: 'cobrowse.full-screen',
      label: fullScreen.isOn ? 'Leave full screen' : 'Full screen',
      group: 'Conversation',
      keys: ['f'],
      run: fullScreen.isPossible ? fullScreen.toggle : null,
    },
  ]);

  return (
    <>
      <Menu
        upwards
        label="Zoom of the page"
        button={{
          look: 'quiet',
          label: `Zoom: ${words}`,
          keys: 'z',
          children: words,
          ...(icon ? { icon } : {}),
        }}
        choices={zooms.map((one) => ({
          id: one.zoom,
          words: one.words,
          icon: one.icon,
          checked: one.zoom === zoom,
          onChoose: () => view.change({ zoom: one.zoom }),
        }))}
      />
      {fullScreen.isPossible ? (
        <Button
          look="quiet"
          icon={fullScreen.isOn ? Minimize : Maximize}
          label={fullScreen.isOn ? 'Leave full screen' : 'Full screen'}
          keys="f"
          pressed={fullScreen.isOn}
          onClick={fullScreen.toggle}
        />
      ) : null}
    </>
  );
}

/** The scale stands in the button: "Fit, 62 %". */
function zoomWords(zoom: Zoom, scale: number | undefined): string {
  if (zoom === 'actual') return '100 %';
  const words = zoom === 'fit' ? 'Fit' : 'Device';
  return scale === undefined || scale === 1 ? words : `${words}, ${Math.round(scale * 100)} %`;
}
