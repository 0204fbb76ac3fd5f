import { BadgeCheck } from 'lucide';
import { Icon } from '../ui/icon.tsx';
import './verified-mark.css';

/** Says that the site signed who this is. */
export function VerifiedMark() {
  return (
    <span class="verified-mark" title="The site has signed this identity">
      <Icon node={BadgeCheck} sizePx={14} />
      Verified
    </span>
  );
}
