import type { Format } from '#contract/company/transfer.ts';
import type { ListInput } from '#contract/kit/schema.ts';

const endings: Readonly<Record<Format, string>> = { csv: 'csv', xlsx: 'xlsx', vcard: 'vcf', ical: 'ics' };

/** A list is narrowed by filters, by text, or by hiding the archived; its order alone narrows nothing. */
export const narrowed = (list: ListInput | undefined): boolean => (list?.filters?.length ?? 0) > 0 || (list?.text ?? '') !== '';

/** File names that every system takes. */
export const fileName = (title: string, day: string, format: Format): string => `${title.replace(/[^\p{L}\p{N}_-]+/gu, ' ').trim().slice(0, 80)} ${day}.${endings[format]}`;
