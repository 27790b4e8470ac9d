import { crud } from '../kit/call.ts';
import { entity } from '../kit/entity.ts';
import { choice, longtext, ref, text, whole } from '../kit/field.ts';
import { w } from '../kit/words.ts';

/** Somewhere: a tree from site down to shelf, post and checkpoint, shared by every module. */
export const place = entity({
  name: 'place',
  table: 'places',
  label: w('Place', 'Ort'),
  plural: w('Places', 'Orte'),
  area: 'place',
  filing: { module: 'records', icon: 'Location' },
  title: 'name',
  subtitle: 'code',
  order: 'name',
  list: ['name', 'code', 'kind', 'parent_id', 'keeper_id'],
  search: ['name', 'code', 'street', 'city', 'remarks'],
  tree: 'parent_id',
  keys: ['code'],
  numbered: { field: 'code', prefix: 'L-' },
  purpose: w('Sites, buildings, rooms, shelves, posts and checkpoints: wherever something is or happens.', 'Standorte, Gebäude, Räume, Regale, Posten und Kontrollpunkte: wo etwas ist oder geschieht.'),
  fields: {
    name: text(w('Name', 'Name'), { required: true, sortable: true, width: 240 }),
    code: text(w('Code', 'Kürzel'), { max: 40, unique: true, sortable: true, width: 100, hint: w('Next of the series when left empty', 'Nächstes der Reihe, wenn leer'), aliases: ['id', 'number', 'nr'] }),
    kind: choice(w('Kind', 'Art'), [
      { value: 'site', label: w('Site', 'Standort') },
      { value: 'building', label: w('Building', 'Gebäude') },
      { value: 'zone', label: w('Zone', 'Bereich') },
      { value: 'room', label: w('Room', 'Raum') },
      { value: 'shelf', label: w('Shelf', 'Regal') },
      { value: 'post', label: w('Guard post', 'Wachposten') },
      { value: 'checkpoint', label: w('Checkpoint', 'Kontrollpunkt') },
      { value: 'gate', label: w('Gate or door', 'Tor oder Tür') },
      { value: 'vehicle', label: w('Vehicle', 'Fahrzeug') },
      { value: 'other', label: w('Other', 'Sonstiger') },
    ], { required: true, sortable: true, width: 120, aliases: ['type', 'typ'] }),
    parent_id: ref(w('Inside', 'Liegt in'), 'place', { width: 200, aliases: ['parent', 'within'] }),
    keeper_id: ref(w('Keeper', 'Zuständig'), 'party', { width: 180, aliases: ['manager', 'owner'] }),
    street: text(w('Street', 'Straße'), { max: 300, aliases: ['address', 'anschrift'] }),
    postal_code: text(w('Postal code', 'Postleitzahl'), { max: 20, aliases: ['zip', 'postcode', 'plz'] }),
    city: text(w('City', 'Ort'), { width: 130 }),
    country: text(w('Country', 'Land')),
    latitude_micro: whole(w('Latitude (millionths of a degree)', 'Breite (Millionstel Grad)'), { range: [-90_000_000, 90_000_000] }),
    longitude_micro: whole(w('Longitude (millionths of a degree)', 'Länge (Millionstel Grad)'), { range: [-180_000_000, 180_000_000] }),
    remarks: longtext(w('Remarks', 'Bemerkungen'), { aliases: ['notes', 'note'] }),
  },
});

export const placeCalls = crud(place);
