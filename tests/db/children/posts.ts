// Posts balanced pairs until it is killed, one acknowledgement a commit.
import { join } from 'node:path';
import { openDatabase, transaction } from '../../../main/db/open.ts';
import { post } from './firm.ts';

const db = openDatabase(join(process.argv[2] ?? '', 'office.db'), 'write');
setInterval(() => {
  transaction(db, () => post(db));
  console.log('posted');
}, 2);
