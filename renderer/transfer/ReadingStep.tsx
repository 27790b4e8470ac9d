import { Field, Select } from '@fluentui/react-components';
import type { Looked, Reading } from '#contract/company/transfer.ts';
import { bytes, number } from '../parts/format.ts';
import { type Key, useT } from '../t.ts';
import { Grid } from './Grid.tsx';
import { columnName, formatsOf, rowsOf } from './mapping.ts';
import { useStepStyles } from './styles.ts';
import type { Importing } from './useImport.ts';
import { Working } from './Working.tsx';

const delimiters = [',', ';', '\t', '|'] as const;
const delimiterKeys: Readonly<Record<(typeof delimiters)[number], Key>> = { ',': 'transfer.reading.comma', ';': 'transfer.reading.semicolon', '\t': 'transfer.reading.tab', '|': 'transfer.reading.bar' };
const encodings = ['utf-8', 'windows-1252', 'iso-8859-1', 'macintosh', 'utf-16le', 'utf-16be'] as const;
const encodingKeys: Readonly<Record<(typeof encodings)[number], Key>> = {
  'utf-8': 'transfer.reading.utf8',
  'windows-1252': 'transfer.reading.windows',
  'iso-8859-1': 'transfer.reading.latin',
  macintosh: 'transfer.reading.mac',
  'utf-16le': 'transfer.reading.utf16le',
  'utf-16be': 'transfer.reading.utf16be',
};
const orders = ['ymd', 'dmy', 'mdy'] as const;
const orderKeys: Readonly<Record<(typeof orders)[number], Key>> = { ymd: 'transfer.reading.ymd', dmy: 'transfer.reading.dmy', mdy: 'transfer.reading.mdy' };

interface One<V extends string> {
  readonly label: string;
  readonly value: V;
  readonly values: readonly V[];
  readonly say: (value: V) => string;
  readonly change: (value: V) => void;
}

function Pick<V extends string>({ label, value, values, say, change }: One<V>) {
  const styles = useStepStyles();
  return (
    <Field label={label} className={styles.narrow}>
      <Select
        value={value}
        onChange={(_event, data) => {
          const chosen = values.find((one) => one === data.value);
          if (chosen !== undefined) change(chosen);
        }}
      >
        {values.map((one) => (
          <option key={one} value={one}>
            {say(one)}
          </option>
        ))}
      </Select>
    </Field>
  );
}

/** How the file is read: what was guessed, to be corrected while the first rows show what comes of it. */
export function ReadingStep({ importing }: { readonly importing: Importing }) {
  const styles = useStepStyles();
  const t = useT();
  const { looked, look, file } = importing;
  const rows = looked ? rowsOf(looked.columns) : [];
  // A spreadsheet counts its header as line 1, and so do all messages about rows.
  const first = looked?.reading.header ? 2 : 1;
  return (
    <div className={`${styles.stack} ${styles.fill}`}>
      {looked && (
        <>
          <p className={styles.text}>{t('transfer.reading.guessed', { name: file?.name ?? '', size: bytes(looked.bytes), count: looked.columns.length, n: number(looked.columns.length) })}</p>
          <Choices looked={looked} importing={importing} />
        </>
      )}
      <Working of={look} label={t('transfer.import.looking')} />
      {looked && (
        <>
          <h3 className={styles.heading}>{t('transfer.reading.preview', { count: rows.length, n: number(rows.length) })}</h3>
          <Grid
            label={t('transfer.reading.previewLabel')}
            columns={looked.columns.map((column, at) => ({ key: String(at), label: column.name === '' ? t('transfer.columns.unnamed', { name: columnName(at) }) : column.name }))}
            rows={rows}
            first={rows.map((_, row) => String(row + first))}
          />
        </>
      )}
    </div>
  );
}

function Choices({ looked, importing }: { readonly looked: Looked; readonly importing: Importing }) {
  const styles = useStepStyles();
  const t = useT();
  const { reading, sheets } = looked;
  const change = (part: Reading): void => importing.changeReading(part);
  const table = reading.format === 'csv' || reading.format === 'xlsx';
  return (
    <div className={styles.row}>
      <Pick label={t('transfer.reading.format')} value={reading.format} values={importing.entity ? formatsOf(importing.entity.name) : ['csv', 'xlsx']} say={(one) => t(`transfer.formats.${one}`)} change={(format) => change({ format })} />
      {reading.format === 'csv' && (
        <>
          <Pick label={t('transfer.reading.delimiter')} value={reading.delimiter} values={delimiters} say={(one) => t(delimiterKeys[one])} change={(delimiter) => change({ delimiter })} />
          <Pick label={t('transfer.reading.encoding')} value={reading.encoding} values={encodings} say={(one) => t(encodingKeys[one])} change={(encoding) => change({ encoding })} />
        </>
      )}
      {reading.format === 'xlsx' && sheets.length > 1 && <Pick label={t('transfer.reading.sheet')} value={reading.sheet} values={sheets} say={(one) => one} change={(sheet) => change({ sheet })} />}
      {table && (
        <>
          <Pick label={t('transfer.reading.first')} value={reading.header ? 'names' : 'rows'} values={['names', 'rows']} say={(one) => t(one === 'names' ? 'transfer.reading.header' : 'transfer.reading.noHeader')} change={(one) => change({ header: one === 'names' })} />
          <Pick label={t('transfer.reading.days')} value={reading.day_order} values={orders} say={(one) => t(orderKeys[one])} change={(day_order) => change({ day_order })} />
          <Pick label={t('transfer.reading.point')} value={reading.decimal_point} values={['.', ',']} say={(one) => t(one === '.' ? 'transfer.reading.dot' : 'transfer.reading.commaPoint')} change={(decimal_point) => change({ decimal_point })} />
        </>
      )}
    </div>
  );
}
