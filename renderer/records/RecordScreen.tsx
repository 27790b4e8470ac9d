import type { Entity } from '#contract/kit/entity.ts';
import { RecordPage, type RecordPageProps } from '../parts/record/RecordPage.tsx';
import { useRights } from '../parts/record/rights.ts';
import { type MoreTab, RecordPane } from '../parts/timeline/RecordPane.tsx';
import { useT } from '../t.ts';
import { addFiles } from './document/files.ts';
import { Files } from './document/Files.tsx';

/** A record page with what every record of the house has beside it: timeline, notes, links, files. */
export function RecordScreen(props: RecordPageProps) {
  const { may } = useRights();
  const attachable = may('document', 'write');
  return <RecordPage pane={(row) => <RecordSide entity={props.entity} id={row.id} />} {...(attachable ? { drop: (files, row) => void addFiles(files, { attach: { entity: props.entity.name, id: row.id } }) } : {})} {...props} />;
}

/** What stands in the right pane for a record; `peek` shows its values first. */
export function RecordSide({ entity, id, peek = false }: { readonly entity: Entity; readonly id: number; readonly peek?: boolean }) {
  const t = useT();
  const { may } = useRights();
  const files: readonly MoreTab[] = may('document', 'read') && entity.name !== 'document' ? [{ key: 'files', label: t('parts.timeline.files'), content: <Files key={`${entity.name} ${id}`} entity={entity.name} id={id} /> }] : [];
  return <RecordPane entity={entity.name} id={id} peek={peek} more={files} linksWithout={entity.name === 'document' ? '' : 'document'} />;
}
