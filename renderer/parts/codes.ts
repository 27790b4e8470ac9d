import { useMemo } from 'react';
import { codeName } from './format.ts';
import { locale } from '../t.ts';

/** ISO 3166-1 countries. */
const countries =
  'AD AE AF AG AI AL AM AO AR AT AU AW AX AZ BA BB BD BE BF BG BH BI BJ BM BN BO BR BS BT BW BY BZ CA CD CF CG CH CI CL CM CN CO CR CU CV CW CY CZ DE DJ DK DM DO DZ EC EE EG ER ES ET FI FJ FM FO FR GA GB GD GE GF GG GH GI GL GM GN GP GQ GR GT GU GW GY HK HN HR HT HU ID IE IL IM IN IQ IR IS IT JE JM JO JP KE KG KH KI KM KN KP KR KW KY KZ LA LB LC LI LK LR LS LT LU LV LY MA MC MD ME MG MH MK ML MM MN MO MQ MR MT MU MV MW MX MY MZ NA NC NE NG NI NL NO NP NR NZ OM PA PE PF PG PH PK PL PR PS PT PW PY QA RE RO RS RU RW SA SB SC SD SE SG SI SK SL SM SN SO SR SS ST SV SY SZ TD TG TH TJ TL TM TN TO TR TT TV TW TZ UA UG US UY UZ VA VC VE VN VU WS YE ZA ZM ZW';

/** The euro countries, and the others that offices are most often in. Elsewhere the user chooses. */
const euro = 'AD AT BE CY DE EE ES FI FR GR HR IE IT LT LU LV MC ME MT NL PT SI SK SM VA';
const own: Readonly<Record<string, string>> = {
  AE: 'AED', AR: 'ARS', AU: 'AUD', BG: 'EUR', BR: 'BRL', CA: 'CAD', CH: 'CHF', CL: 'CLP', CN: 'CNY', CO: 'COP', CZ: 'CZK', DK: 'DKK', EG: 'EGP', GB: 'GBP', HK: 'HKD', HU: 'HUF', ID: 'IDR', IL: 'ILS', IN: 'INR',
  IS: 'ISK', JP: 'JPY', KE: 'KES', KR: 'KRW', LI: 'CHF', MX: 'MXN', MY: 'MYR', NG: 'NGN', NO: 'NOK', NZ: 'NZD', PH: 'PHP', PK: 'PKR', PL: 'PLN', RO: 'RON', RS: 'RSD', SA: 'SAR', SE: 'SEK', SG: 'SGD', TH: 'THB',
  TR: 'TRY', TW: 'TWD', UA: 'UAH', US: 'USD', VN: 'VND', ZA: 'ZAR',
};

export const currencyOf = (country: string): string => own[country] ?? (euro.includes(country) && country !== '' ? 'EUR' : 'USD');

interface Code {
  readonly code: string;
  readonly name: string;
}

const byName = (codes: readonly Code[]): readonly Code[] => codes.toSorted((a, b) => a.name.localeCompare(b.name, locale()));
const countryCodes = (): readonly Code[] => byName(countries.split(' ').map((code) => ({ code, name: codeName('region', code) })));
const currencyCodes = (): readonly Code[] => byName(Intl.supportedValuesOf('currency').map((code) => ({ code, name: codeName('currency', code) })));

/** Both lists in the language of the window; made once for it, sorting 300 names takes a moment. */
export function useCodes(): { readonly countries: readonly Code[]; readonly currencies: readonly Code[] } {
  const here = locale();
  return useMemo(() => ({ here, countries: countryCodes(), currencies: currencyCodes() }), [here]);
}
