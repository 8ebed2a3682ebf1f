import { Alert, Button, Switch } from 'antd';
import { useTranslation } from 'react-i18next';
import { isBeyondZeebe, isMadeForThisEngine, setMadeForThisEngine, type DiagramNode } from '../../modeler/beyond-zeebe.ts';
import type { BpmnElement, ModelerServices } from '../../modeler/services.ts';

const nodeOf = (element: BpmnElement): DiagramNode => element.businessObject as unknown as DiagramNode;

/** Whether the diagram may hold what Zeebe 8.5 does not run: a switch where the whole diagram is looked at. */
export function BeyondZeebeField({ services, version }: { services: ModelerServices; version: number }) {
  const { t } = useTranslation();
  const root = services.get('canvas').getRootElement();
  return (
    <div className="gc-field" data-version={version}>
      <label><Switch size="small" checked={isMadeForThisEngine(nodeOf(root))} onChange={(made) => setMadeForThisEngine(services, root, made)} /> {t('design.panel.beyondZeebe')}</label>
      <p className="gc-meta">{t('design.panel.beyondZeebeHint')}</p>
    </div>
  );
}

/** At an element that needs it: what that means, and the way to switch it on. */
export function BeyondZeebeHint({ element, services }: { element: BpmnElement; services: ModelerServices }) {
  const { t } = useTranslation();
  if (!isBeyondZeebe(nodeOf(element))) return null;
  if (isMadeForThisEngine(nodeOf(element))) return <Alert type="info" showIcon message={t('design.panel.notPortable')} />;
  return <Alert type="warning" showIcon message={t('design.panel.beyondZeebeNeeded')} action={<Button size="small" onClick={() => setMadeForThisEngine(services, services.get('canvas').getRootElement(), true)}>{t('design.panel.beyondZeebeAllow')}</Button>} />;
}
