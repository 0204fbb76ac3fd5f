import type { TemplateFault } from '../../shared/model/template.ts';
import { Button } from '../ui/button.tsx';
import { faultWords } from './template-filling.ts';

export interface ComposerFaultsProps {
  faults: readonly TemplateFault[];
  onShow(fault: TemplateFault): void;
}

/** Why a text with variables cannot be sent as it is. */
export function ComposerFaults({ faults, onShow }: ComposerFaultsProps) {
  return (
    <div class="composer-faults" role="alert">
      {faults.map((fault) => (
        <p key={fault.from}>
          {faultWords(fault)}
          <Button look="quiet" onClick={() => onShow(fault)}>
            Show
          </Button>
        </p>
      ))}
    </div>
  );
}
