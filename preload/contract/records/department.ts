import { crud } from '../kit/call.ts';
import { entity } from '../kit/entity.ts';
import { day, ref, text } from '../kit/field.ts';
import { w } from '../kit/words.ts';

/** A part of the firm: a tree with a head and a cost code. */
export const department = entity({
  name: 'department',
  table: 'departments',
  label: w('Department', 'Abteilung'),
  plural: w('Departments', 'Abteilungen'),
  area: 'department',
  filing: { module: 'records', icon: 'Organization' },
  title: 'name',
  subtitle: 'code',
  order: 'name',
  list: ['name', 'code', 'parent_id', 'head_id', 'cost_code'],
  search: ['name', 'code', 'cost_code'],
  tree: 'parent_id',
  keys: ['code'],
  numbered: { field: 'code', prefix: 'D-' },
  purpose: w('The parts of the firm, who leads them and the cost code they book on.', 'Die Teile der Firma, wer sie leitet und auf welche Kostenstelle sie buchen.'),
  fields: {
    name: text(w('Name', 'Name'), { required: true, sortable: true, width: 240, aliases: ['deptname', 'department', 'abteilung', 'departmentname'] }),
    code: text(w('Code', 'Kürzel'), { max: 40, unique: true, sortable: true, width: 100, hint: w('Next of the series when left empty', 'Nächstes der Reihe, wenn leer'), aliases: ['deptno', 'id', 'departmentid', 'number', 'nr'] }),
    parent_id: ref(w('Part of', 'Teil von'), 'department', { width: 200, aliases: ['parent', 'übergeordnet'] }),
    head_id: ref(w('Head', 'Leitung'), 'party', { width: 200, aliases: ['head', 'manager', 'leiter'] }),
    cost_code: text(w('Cost code', 'Kostenstelle'), { max: 40, sortable: true, width: 110, aliases: ['costcenter', 'costcentre', 'kostenstelle'] }),
    until_day: day(w('Closed on', 'Geschlossen am')),
  },
});

export const departmentCalls = crud(department);
