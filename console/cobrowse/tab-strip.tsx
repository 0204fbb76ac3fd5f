import { EyeOff } from 'lucide';
import type { TabState } from '../../shared/protocol.ts';
import { Icon } from '../ui/icon.tsx';
import { shortAddress } from './short-address.ts';
import './tab-strip.css';

export interface TabStripProps {
  tabs: TabState[];
  shown: string | null;
  /** Null: the view follows the visitor. */
  chosen: string | null;
  onChoose: (tab: string | null) => void;
}

/** The visitor's tabs. Choosing one holds the view there; "Follow the visitor" lets it go again. */
export function TabStrip({ tabs, shown, chosen, onChoose }: TabStripProps) {
  return (
    <nav class="tab-strip" aria-label="The visitor’s tabs">
      <ul class="tab-strip-list">
        {tabs.map((tab) => (
          <li key={tab.tab}>
            <button
              type="button"
              class="tab"
              aria-current={tab.tab === shown ? 'true' : undefined}
              onClick={() => onChoose(tab.tab)}
              title={shortAddress(tab.page.url)}
            >
              {tab.focused && !tab.hidden ? <span class="tab-here" title="The visitor is here" /> : null}
              {tab.hidden ? <Icon node={EyeOff} sizePx={14} /> : null}
              <span class="ellipsis" dir="auto">
                {tab.page.title || shortAddress(tab.page.url) || 'Untitled page'}
              </span>
              {tab.focused && !tab.hidden ? <span class="unseen">, the visitor is here</span> : null}
              {tab.hidden ? <span class="unseen">, hidden</span> : null}
            </button>
          </li>
        ))}
      </ul>
      {chosen === null ? (
        <span class="tab-strip-note muted">Following the visitor</span>
      ) : (
        <button type="button" class="tab-strip-follow" onClick={() => onChoose(null)}>
          Follow the visitor
        </button>
      )}
    </nav>
  );
}
