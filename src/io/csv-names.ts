/** Which column of a foreign file holds what, told by its name in several languages and spellings. */

/** Lower case, without accents, words apart: `AccountLatitude`, `account_latitude` and `Account Latitude` are one. */
export function normalizeName(name: string): string {
  return name
    .normalize('NFD')
    .replace(/\p{M}/gu, '')
    .replace(/([\p{Ll}\p{N}])(\p{Lu})/gu, '$1 $2')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim();
}

const words = (list: string): readonly string[] => list.split(',').map(normalizeName);

const LAT = words(
  'latitude,lat,latitud,latitudine,breitengrad,geographische breite,geo breite,breite,breddegrad,latitud geografica,' +
    'szerokość,szerokość geograficzna,широта,enlem,leveysaste,緯度,纬度,위도,lat dd,y lat',
);
const LNG = words(
  'longitude,lng,lon,long,longitud,longitudine,längengrad,laengengrad,geographische länge,geo länge,länge,laenge,' +
    'lengtegraad,lengdegrad,längdgrad,długość,długość geograficzna,долгота,boylam,pituusaste,経度,经度,경도,lon dd,x lon',
);
const LAT_WORDS = new Set(words('lat,latitude,latitud,latitudine,breitengrad,breite,breedtegraad'));
const LNG_WORDS = new Set(
  words('lng,lon,long,longitude,longitud,longitudine,längengrad,laengengrad,länge,lengtegraad'),
);

/** 3 for a name that is sure, 2 for one that holds such a word, 1 for `y`, 0 for none. Below 3 the values must agree. */
export function matchLat(name: string): number {
  return matchCoordinate(name, LAT, LAT_WORDS, ['y', 'y coord', 'y coordinate', 'coord y']);
}

/** As `matchLat`, for longitudes. */
export function matchLng(name: string): number {
  return matchCoordinate(name, LNG, LNG_WORDS, ['x', 'x coord', 'x coordinate', 'coord x']);
}

function matchCoordinate(
  name: string,
  exact: readonly string[],
  known: ReadonlySet<string>,
  weak: readonly string[],
): number {
  const normal = normalizeName(name);
  if (exact.includes(normal)) return 3;
  if (normal.split(' ').some((word) => known.has(word))) return 2;
  return weak.includes(normal) ? 1 : 0;
}

/** Names of ids, best first. */
export const ID_NAMES = words(
  'account id,id,customer id,client id,uuid,guid,account number,account no,account nr,customer number,customer no,' +
    'external id,unique id,key,kundennummer,kundennr,kunden nr,kunden id,numéro client,id client,id cliente,klantnummer,code client',
);

/** Names of names, best first: they serve as ids when every one is different. */
export const NAME_NAMES = words(
  'account,account name,name,customer,customer name,client,client name,company,company name,store,site,kunde,kundenname,' +
    'firma,firmenname,nom,nom client,société,nombre,cliente,empresa,nome,ragione sociale,klant,naam,place,city,ort,ville',
);

/** Names of the rep or territory of today, best first. */
export const TERRITORY_NAMES = words(
  'territory,territory id,territory name,current territory,rep,sales rep,rep id,rep name,sales rep name,representative,' +
    'sales representative,salesperson,sales person,account owner,owner,owner name,account manager,assigned to,assigned rep,' +
    'gebiet,verkaufsgebiet,vertriebsgebiet,bezirk,vertreter,außendienst,aussendienst,betreuer,secteur,commercial,vendeur,' +
    'représentant,territoire,territorio,zona,vendedor,representante,comercial,agente,venditore,rayon,vertegenwoordiger,' +
    'gebied,terytorium,przedstawiciel,территория,менеджер,担当者',
);

const CODE_WORDS = new Set(
  words(
    'id,key,code,nr,no,number,num,nummer,uuid,zip,zipcode,zip code,postal,postcode,plz,cp,phone,telephone,tel,telefon,' +
      'mobile,fax,year,jahr,année,año,month,date,datum,row,line,index,fips,geoid,naics,sic,vat,siren,siret,elevation,' +
      'altitude,timezone,x,y,lat,lng,lon,latitude,longitude',
  ),
);

/** Whether a column of digits is more likely a code, a year or a place than an amount. */
export function isCodeName(name: string): boolean {
  return normalizeName(name)
    .split(' ')
    .some((word) => CODE_WORDS.has(word));
}
