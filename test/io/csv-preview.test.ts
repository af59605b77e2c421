import { describe, expect, it } from 'vitest';
import { previewCsv } from '../../src/io/index.js';

const lines = (...rows: string[]): string => rows.join('\n');

describe('previewCsv', () => {
  it.each([
    ['Account Latitude,Account Longitude', 'Account Latitude', 'Account Longitude'],
    ['geo_lat,geo_lon', 'geo_lat', 'geo_lon'],
    ['Latitud,Longitud', 'Latitud', 'Longitud'],
    ['Breitengrad,Längengrad', 'Breitengrad', 'Längengrad'],
    ['Y,X', 'Y', 'X'],
    ['широта,долгота', 'широта', 'долгота'],
    ['billingLatitude,billingLongitude', 'billingLatitude', 'billingLongitude'],
    ['LATITUDE,LONG', 'LATITUDE', 'LONG'],
    ['y,x,lat,lng', 'lat', 'lng'],
  ])('guesses the coordinates of %s', (header, lat, lng) => {
    expect(previewCsv(lines(header, '1,2,3,4')).guess).toMatchObject({ lat, lng });
  });

  it('does not take text or plane coordinates for degrees', () => {
    expect(previewCsv(lines('Long description,lat', 'hello,1')).guess.lng).toBeNull();
    expect(previewCsv(lines('y,x', '5430000,691000')).guess).toMatchObject({ lat: null, lng: null });
  });

  it.each(['Sales Rep', 'account_owner', 'Territory', 'Gebiet', 'Vertreter', 'Représentant', 'salesPerson'])(
    'guesses the rep column %s',
    (name) => {
      expect(previewCsv(lines(`lat,lng,${name}`, '1,2,Ann')).guess.territory).toBe(name);
    },
  );

  it('takes amounts for measures, not codes, years, phones or columns of text', () => {
    const csv = previewCsv(
      lines(
        'id,lat,lng,hours,zip code,founded year,phone,segment,stock,empty',
        'a,1,2,3,1067,1999,5550100,A,0123,',
        'b,1,3,4,1068,1998,5550101,B,0456,',
      ),
    );
    expect(csv.guess.measures).toEqual(['hours']);
  });

  it('guesses no more measures than a problem can balance', () => {
    const names = Array.from({ length: 12 }, (_, m) => `m${m}`);
    const csv = previewCsv(lines(`lat,lng,${names.join(',')}`, `1,2,${names.map(() => '1').join(',')}`));
    expect(csv.guess.measures).toEqual(names.slice(0, 8));
  });

  it('shows the first rows as wide as the header', () => {
    const preview = previewCsv(lines('id,lat,lng', 'a,1', 'b,3,4,5', 'c,5,6'), { rows: 2 });
    expect(preview).toMatchObject({
      header: ['id', 'lat', 'lng'],
      rows: [
        ['a', '1', ''],
        ['b', '3', '4'],
      ],
      rowCount: 3,
    });
  });

  it('shows a file without coordinates, so that a person can say where they are', () => {
    expect(previewCsv(lines('a,b', '45,-70'))).toMatchObject({ header: ['a', 'b'], guess: { lat: null, lng: null } });
  });
});
