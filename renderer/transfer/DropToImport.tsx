import { makeStyles, tokens } from '@fluentui/react-components';
import { ArrowDownload24Regular } from '@fluentui/react-icons';
import { useEffect, useState } from 'react';
import { entities } from '#contract/calls.ts';
import type { Entity } from '#contract/kit/entity.ts';
import { roomsFor } from '../frame/areas.ts';
import { can, sessionNow } from '../state/session.ts';
import { type Place, tellWrong, useUi } from '../state/ui.ts';
import { t, useT, words } from '../t.ts';
import { openImport, pickDropped } from './open.ts';

const useStyles = makeStyles({
  over: { position: 'fixed', inset: '8px', zIndex: 100, pointerEvents: 'none', display: 'grid', placeContent: 'center', justifyItems: 'center', gap: '8px', border: `2px dashed ${tokens.colorBrandStroke1}`, borderRadius: tokens.borderRadiusMedium, backgroundColor: tokens.colorBrandBackground2, color: tokens.colorBrandForeground2, opacity: 0.94, fontSize: tokens.fontSizeBase500, fontWeight: tokens.fontWeightSemibold },
});

/** What a file dropped here would be imported as, `first` being the list that a module opens with; null where a drop means something else, such as a paper to file. */
export function dropTarget(place: Place, first: string): { readonly entity?: Entity } | null {
  if (place.module !== 'records' || place.id !== undefined || place.entity === 'document') return null;
  if (place.area === 'import') return {};
  const entity = entities[place.entity ?? place.area ?? first];
  return entity ? { entity } : null;
}

const targetNow = (): { readonly entity?: Entity } | null => {
  const session = sessionNow();
  const [first] = roomsFor('records', (area, level) => can(session, area, level));
  const target = dropTarget(useUi.getState().place, first?.id ?? '');
  return target && can(session, 'transfer', 'write') && (!target.entity || (target.entity.ruled !== true && can(session, target.entity.area, 'write'))) ? target : null;
};

const carriesFiles = (event: globalThis.DragEvent): boolean => event.dataTransfer?.types.includes('Files') === true;

/** A file dropped on a list opens its import. Whoever takes a drop for something else prevents its default before it comes here. */
export function DropToImport() {
  const styles = useStyles();
  useT();
  const [over, setOver] = useState<{ readonly entity?: Entity } | null>(null);
  useEffect(() => {
    const modal = (): boolean => document.querySelector('[aria-modal="true"]') !== null;
    const dragged = (event: globalThis.DragEvent): void => {
      if (event.defaultPrevented || !carriesFiles(event)) return;
      // Also where nothing takes it: a file must never open in place of the program.
      event.preventDefault();
      const target = modal() ? null : targetNow();
      if (event.dataTransfer) event.dataTransfer.dropEffect = target ? 'copy' : 'none';
      setOver((before) => (before?.entity === target?.entity && (before === null) === (target === null) ? before : target));
    };
    const left = (event: globalThis.DragEvent): void => {
      if (event.relatedTarget === null) setOver(null);
    };
    const dropped = (event: globalThis.DragEvent): void => {
      setOver(null);
      const target = modal() ? null : targetNow();
      if (event.defaultPrevented || !carriesFiles(event)) return;
      event.preventDefault();
      if (!target || !event.dataTransfer) return;
      void pickDropped(event.dataTransfer).then((file) => (file ? openImport({ file, ...(target.entity ? { entity: target.entity.name } : {}) }) : tellWrong(t('transfer.import.notAFile'))));
    };
    window.addEventListener('dragover', dragged);
    window.addEventListener('dragleave', left);
    window.addEventListener('drop', dropped);
    return () => {
      window.removeEventListener('dragover', dragged);
      window.removeEventListener('dragleave', left);
      window.removeEventListener('drop', dropped);
    };
  }, []);
  if (!over) return null;
  return (
    <div className={styles.over} aria-hidden>
      <ArrowDownload24Regular />
      {over.entity ? t('transfer.import.dropInto', { what: words(over.entity.plural) }) : t('transfer.import.drop')}
    </div>
  );
}
