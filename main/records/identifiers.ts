import { electronicFormatIBAN, isValidBIC, isValidIBAN } from 'ibantools';
import { checkVAT, countries } from 'jsvat';
import { Refused } from '#contract/kit/failure.ts';
import { w } from '#contract/kit/words.ts';

/** Numbers with check digits: IBAN (ISO 13616, mod 97), BIC (ISO 9362 structure), VAT numbers (each country's own rule). */

const wrong = {
  iban: w('“{value}” is not a valid IBAN: country, length or check digits do not fit.', '„{value}“ ist keine gültige IBAN: Land, Länge oder Prüfziffern passen nicht.'),
  bic: w('“{value}” is not a valid BIC: 8 or 11 characters, such as DEUTDEFF or DEUTDEFF500.', '„{value}“ ist keine gültige BIC: 8 oder 11 Zeichen, etwa DEUTDEFF oder DEUTDEFF500.'),
  vat: w('“{value}” is not a valid VAT number: country prefix, length or check digits do not fit.', '„{value}“ ist keine gültige USt-IdNr.: Länderkürzel, Länge oder Prüfziffern passen nicht.'),
  email: w('“{value}” is not an e-mail address.', '„{value}“ ist keine E-Mail-Adresse.'),
};

/** The IBAN without spaces, in capitals. @throws Refused invalid */
export function iban(value: string, field: string): string {
  const bare = electronicFormatIBAN(value) ?? '';
  if (!isValidIBAN(bare)) throw new Refused('invalid', wrong.iban, { value }, field);
  return bare;
}

/** The BIC in capitals. @throws Refused invalid */
export function bic(value: string, field: string): string {
  const bare = value.replace(/\s/g, '').toUpperCase();
  if (!isValidBIC(bare)) throw new Refused('invalid', wrong.bic, { value }, field);
  return bare;
}

/** The VAT number with its country prefix, without spaces and points. @throws Refused invalid */
export function vat(value: string, field: string): string {
  const bare = value.replace(/[\s.\-/]/g, '').toUpperCase();
  if (!checkVAT(bare, countries).isValid) throw new Refused('invalid', wrong.vat, { value }, field);
  return bare;
}

/** An address a mail program would accept; quoted local parts are not used in offices and are refused. @throws Refused invalid */
export function email(value: string, field: string): string {
  if (!/^[^\s@"(),:;<>[\]\\]+@[^\s@"(),:;<>[\]\\]+\.[^\s@.]{2,}$/u.test(value)) throw new Refused('invalid', wrong.email, { value }, field);
  return value;
}
