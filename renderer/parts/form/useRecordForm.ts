import { useRef, useState } from 'react';
import type { AnyRow, Entity } from '#contract/kit/entity.ts';
import { emptyValue } from '#contract/kit/field.ts';
import type { Failure } from '#contract/kit/failure.ts';
import { refresh, useAsk } from '../../query.ts';
import { t, words } from '../../t.ts';
import { failureOf } from '../Problem.tsx';
import { create, oneRow, update } from '../record/asked.ts';
import { draftKey, dropDraft, keepDraft, useDrafts } from './drafts.ts';
import { beginning, draftOf, missing, same, type Values } from './values.ts';

export interface Conflict {
  readonly base: AnyRow;
  readonly theirs: AnyRow;
  readonly mine: Values;
  readonly message: string;
}

export interface RecordForm {
  readonly row: AnyRow | undefined;
  readonly loading: boolean;
  readonly failure: Failure | null;
  readonly retry: () => void;
  readonly values: Values;
  readonly set: (key: string, value: unknown) => void;
  readonly tell: (key: string, problem: string | null) => void;
  readonly dirty: boolean;
  readonly changed: readonly string[];
  /** Message by field; '' holds what belongs to none. */
  readonly errors: Readonly<Record<string, string>>;
  /** Grows with every refused save, so that the summary takes the focus again. */
  readonly refused: number;
  readonly saving: boolean;
  /** Someone saved since typing began. */
  readonly outdated: boolean;
  readonly conflict: Conflict | null;
  readonly settle: (chosen: Values | null) => Promise<number | null>;
  /** Saves; the id of the record, or null when it was refused. */
  readonly save: () => Promise<number | null>;
  readonly discard: () => void;
}

const nothing: Values = {};

/** One record in a form: what the office has, what was typed over it, and saving only what changed. */
export function useRecordForm(entity: Entity, id: number, given: Values = nothing): RecordForm {
  const key = draftKey(entity.name, id);
  const query = useAsk<AnyRow>(`${entity.name}.get`, { id }, { enabled: id > 0 });
  const row = id > 0 ? query.data : undefined;
  const draft = useDrafts((drafts) => drafts[key]);
  const [errors, setErrors] = useState<Readonly<Record<string, string>>>({});
  const [refused, setRefused] = useState(0);
  const [saving, setSaving] = useState(false);
  const [conflict, setConflict] = useState<Conflict | null>(null);
  // The same wish keeps its id, so that a save whose answer got lost is not done twice.
  const wish = useRef<{ readonly text: string; readonly id: string } | null>(null);

  const start = id > 0 ? row : undefined;
  const initial: Values = start ?? (id > 0 ? nothing : beginning(entity, given));
  const values: Values = Object.fromEntries(Object.entries(entity.fields).map(([one, field]) => [one, draft?.values[one] ?? initial[one] ?? emptyValue(field)]));
  const title = typeof values[entity.title] === 'string' && values[entity.title] !== '' ? String(values[entity.title]) : t('parts.record.newTitle', { what: words(entity.label) });

  // Read anew, not from this render: two fields may change in one event.
  const latest = () => useDrafts.getState()[key] ?? { values: nothing, base: row ?? null, unreadable: {} };
  const set = (field: string, value: unknown): void => {
    const before = latest();
    const { [field]: _old, ...rest } = before.values;
    const back = same(value, (before.base ?? initial)[field] ?? emptyValue(entity.fields[field] ?? { kind: 'text', label: entity.label, required: false }));
    keepDraft(key, { ...before, values: back ? rest : { ...before.values, [field]: value } }, title);
    clear(field);
  };
  const tell = (field: string, problem: string | null): void => {
    const before = latest();
    const { [field]: old, ...rest } = before.unreadable;
    if ((old ?? null) !== problem) keepDraft(key, { ...before, unreadable: problem === null ? rest : { ...rest, [field]: problem } }, title);
  };
  const clear = (field: string): void => setErrors((before) => (before[field] === undefined ? before : Object.fromEntries(Object.entries(before).filter(([one]) => one !== field))));
  const refuse = (next: Readonly<Record<string, string>>): null => {
    setErrors(next);
    setRefused((count) => count + 1);
    return null;
  };

  const write = async (patch: Values, version: number): Promise<number | null> => {
    const text = JSON.stringify([patch, version]);
    const requestId = wish.current?.text === text ? wish.current.id : crypto.randomUUID();
    wish.current = { text, id: requestId };
    setSaving(true);
    try {
      const written = id > 0 ? await update(entity.name, id, version, patch, requestId) : await create(entity.name, patch, requestId);
      wish.current = null;
      dropDraft(key);
      setErrors({});
      setConflict(null);
      refresh([entity.name]);
      return written.id;
    } catch (thrown) {
      const failure = failureOf(thrown);
      if (failure.code !== 'busy' && failure.code !== 'bug') wish.current = null;
      if (failure.code === 'conflict' && id > 0 && row) {
        setConflict({ base: latest().base ?? row, theirs: await oneRow(entity.name, id), mine: patch, message: failure.message });
        return null;
      }
      return refuse({ [failure.field !== undefined && failure.field in entity.fields ? failure.field : '']: failure.message });
    } finally {
      setSaving(false);
    }
  };

  const save = async (): Promise<number | null> => {
    const now = latest();
    const all: Values = { ...initial, ...now.values };
    const wrong = { ...Object.fromEntries(missing(entity, all).map((field) => [field, t('parts.fields.required')])), ...now.unreadable };
    if (Object.keys(wrong).length > 0) return refuse(wrong);
    if (id === 0) return await write(draftOf(entity, all), 0);
    if (Object.keys(now.values).length === 0) return id;
    return await write(now.values, now.base?.version ?? row?.version ?? 1);
  };

  const settle = async (chosen: Values | null): Promise<number | null> => {
    if (!conflict) return null;
    setConflict(null);
    if (chosen === null) return null;
    if (Object.keys(chosen).length === 0) {
      dropDraft(key);
      refresh([entity.name]);
      return id;
    }
    return await write(chosen, conflict.theirs.version);
  };

  return {
    row,
    loading: id > 0 && query.data === undefined && !query.error,
    failure: id > 0 && query.data === undefined && query.error ? query.error.failure : null,
    retry: () => void query.refetch(),
    values,
    set,
    tell,
    dirty: draft !== undefined && (Object.keys(draft.values).length > 0 || Object.keys(draft.unreadable).length > 0),
    changed: Object.keys(draft?.values ?? nothing),
    errors,
    refused,
    saving,
    outdated: draft?.base != null && row !== undefined && row.version > draft.base.version,
    conflict,
    settle,
    save,
    discard: () => {
      dropDraft(key);
      setErrors({});
    },
  };
}
