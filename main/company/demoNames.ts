/** Words that the demo company is put together from. Invented for this purpose; phone numbers and domains are the reserved example ones. */

export const women = ['Amelia', 'Beatrice', 'Chloé', 'Daria', 'Edith', 'Farah', 'Greta', 'Hannah', 'Ingrid', 'Joséphine', 'Katarzyna', 'Lucía', 'Margaret', 'Noor', 'Olivia', 'Priya', 'Quinn', 'Ruth', 'Saoirse', 'Tamara', 'Uma', 'Victoria', 'Winifred', 'Ximena', 'Yara', 'Zoë', 'Charlotte', 'Eleanor', 'Freya', 'Isla'];
export const men = ['Arthur', 'Björn', 'Callum', 'Dmitri', 'Ewan', 'Felix', 'George', 'Hamish', 'Ibrahim', 'Jürgen', 'Kofi', 'Lars', 'Mateusz', 'Nikhil', 'Oscar', 'Patrick', 'Rafael', 'Stanisław', 'Tomás', 'Umar', 'Viktor', 'William', 'Xavier', 'Yusuf', 'Zachary', 'Alistair', 'Henry', 'Jack', 'Samuel', 'Theo'];
export const families = ['Abbott', 'Ainsworth', 'Bakewell', 'Björnsson', 'Castellano', 'Clarke', 'Dąbrowski', 'Davies', 'Ellsworth', 'Fairbairn', 'Fernández', 'Gallagher', 'Gupta', 'Hartley', 'Hughes', 'Iqbal', 'Jankowski', 'Kavanagh', 'Lindqvist', 'MacDonald', 'Müller', 'Nakamura', 'Nowak', "O'Connor", 'Okafor', 'Pemberton', 'Quigley', 'Rahman', 'Rossi', 'Schäfer', 'Sinclair', 'Thackeray', 'Underhill', 'Vasquez', 'Whitcombe', 'Wójcik', 'Yates', 'Zimmermann', 'Ashdown', 'Birchall', 'Cartwright', 'Dunmore', 'Eastwood', 'Fenwick', 'Greenhalgh', 'Holloway', 'Inglis', 'Jephson', 'Kirkbride', 'Lockwood', 'Merriweather', 'Northcott', 'Osbourne', 'Postlethwaite', 'Radcliffe', 'Silverdale', 'Tattersall', 'Upton', 'Vickers', 'Wadsworth'];
export const cities = [{ name: 'London', post: 'SE' }, { name: 'Leeds', post: 'LS' }, { name: 'Bristol', post: 'BS' }, { name: 'York', post: 'YO' }, { name: 'Cardiff', post: 'CF' }, { name: 'Glasgow', post: 'G' }, { name: 'Sheffield', post: 'S' }, { name: 'Norwich', post: 'NR' }, { name: 'Exeter', post: 'EX' }, { name: 'Belfast', post: 'BT' }];
export const streets = ['Foundry Lane', 'Station Road', 'Orchard Street', 'Mill Hill', 'Kingsway', 'Harbour View', 'Chapel Walk', 'Priory Gardens', 'Granary Wharf', 'Beech Avenue', 'Market Place', 'Canal Street'];
export const trades = ['Packaging', 'Fasteners', 'Print', 'Freight', 'Catering', 'Cleaning', 'Electrical', 'Stationery', 'Timber', 'Software', 'Uniforms', 'Locksmiths'];
export const titles = ['Office assistant', 'Bookkeeper', 'Storekeeper', 'Driver', 'Sales representative', 'Technician', 'Buyer', 'Engineer', 'Planner', 'Team leader', 'Accountant', 'HR assistant'];

export const departments: readonly { readonly name: string; readonly code: string; readonly cost: string; readonly part: string | null }[] = [
  { name: 'Administration', code: 'ADM', cost: '1000', part: null },
  { name: 'Finance', code: 'FIN', cost: '2000', part: null },
  { name: 'Operations', code: 'OPS', cost: '3000', part: null },
  { name: 'Security', code: 'SEC', cost: '4000', part: null },
  { name: 'Logistics', code: 'LOG', cost: '5000', part: null },
  { name: 'Human resources', code: 'HR', cost: '1100', part: 'ADM' },
  { name: 'Information technology', code: 'IT', cost: '1200', part: 'ADM' },
  { name: 'Purchasing', code: 'PUR', cost: '2100', part: 'FIN' },
  { name: 'Payroll', code: 'PAY', cost: '2200', part: 'FIN' },
  { name: 'Production', code: 'PRO', cost: '3100', part: 'OPS' },
  { name: 'Maintenance', code: 'MNT', cost: '3200', part: 'OPS' },
  { name: 'Patrols', code: 'PAT', cost: '4100', part: 'SEC' },
  { name: 'Stores', code: 'STO', cost: '5100', part: 'LOG' },
  { name: 'Transport', code: 'TRA', cost: '5200', part: 'LOG' },
];

export const sites = [
  { name: 'Head office', code: 'HO', street: '12 Granary Wharf', city: 'Leeds' },
  { name: 'Northern depot', code: 'ND', street: '4 Foundry Lane', city: 'York' },
  { name: 'Southern depot', code: 'SD', street: '77 Harbour View', city: 'Bristol' },
];
export const buildings = [
  { name: 'Main building', code: 'A', kind: 'building' },
  { name: 'Warehouse', code: 'W', kind: 'zone' },
  { name: 'Gatehouse', code: 'G', kind: 'building' },
];

export const tasks = ['Renew the fire certificate', 'Collect holiday requests', 'Check first-aid boxes', 'Send reminder letters', 'Review supplier contracts', 'Order printer paper', 'File visitor badges', 'Test the alarm at the main gate', 'Close last month', 'Prepare the payroll list', 'Update the key register', 'Inspect the fork-lift', 'Confirm the cleaning rota', 'Scan incoming post', 'Book the meeting room', 'Answer the insurer', 'Count the stationery', 'Invite the auditor', 'Check the van’s service book', 'Back up the phone list'];
export const meetings = ['Weekly office meeting', 'Interview: storekeeper', 'Supplier visit', 'Safety walk', 'Budget review', 'Induction of new colleagues', 'Fire drill', 'Quarterly stock count', 'Board meeting', 'Locksmith at the depot'];

export const papers = [
  { file: 'fire-safety.txt', title: 'Fire safety policy', kind: 'policy', tags: ['safety', 'policy'], text: 'Fire safety policy\n\nEvery building has a fire warden. Extinguishers are checked each month and the check is signed on the card. At the alarm everyone leaves by the nearest exit and meets at the assembly point beside the gatehouse. The warden calls the roll.\n' },
  { file: 'lease-northern-depot.txt', title: 'Lease of the northern depot', kind: 'contract', tags: ['lease', 'property'], text: 'Lease of the northern depot\n\nThe landlord lets the depot at 4 Foundry Lane for ten years. The rent is paid quarterly in advance. Repairs to roof and walls are the landlord’s; doors, docks and lighting are the tenant’s. Notice is twelve months to the end of a quarter.\n' },
  { file: 'forklift-inspection.txt', title: 'Inspection of the fork-lift truck', kind: 'certificate', tags: ['vehicle', 'inspection'], text: 'Thorough examination of a fork-lift truck\n\nMast, chains, forks and brakes were examined and found safe. The left headlamp was replaced. The next examination is due within twelve months.\n' },
  { file: 'insurance-letter.txt', title: 'Letter from the insurer', kind: 'letter', tags: ['insurance'], text: 'Dear Sir or Madam,\n\nwe confirm that the contents of all three sites are covered against burglary, provided that the alarm is set outside working hours and that keys are kept in a locked cabinet whose register is up to date.\n' },
  { file: 'cleaning-contract.txt', title: 'Cleaning contract', kind: 'contract', tags: ['services'], text: 'Cleaning contract\n\nOffices are cleaned on every working day after six in the evening, warehouses on Saturdays. The contractor signs in at the gatehouse. Materials are part of the price.\n' },
  { file: 'visitor-rules.txt', title: 'Rules for visitors', kind: 'policy', tags: ['security', 'visitors'], text: 'Rules for visitors\n\nVisitors report to the gatehouse, wear their badge where it can be seen, and are met by their host. Photographs need permission. At an alarm visitors stay with their host.\n' },
] as const;
