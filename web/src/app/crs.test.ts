import { expect, test } from 'vitest'
import { crsCode, crsName, crsShort, exportChoices } from './crs'

test('CRS addresses and codes come to one form', () => {
  expect(crsCode('http://www.opengis.net/def/crs/OGC/1.3/CRS84')).toBe('CRS84')
  expect(crsCode('http://www.opengis.net/def/crs/EPSG/0/9215')).toBe('EPSG:9215')
  expect(crsCode('urn:ogc:def:crs:EPSG::5897')).toBe('EPSG:5897')
})

test('VN-2000 zones are named by their central meridian', () => {
  expect(crsName('EPSG:9215')).toBe('VN-2000 107°15′, múi 3°')
  expect(crsName('EPSG:5897')).toBe('VN-2000 105°00′, múi 3°')
  expect(crsShort('EPSG:9208')).toBe('VN-2000 104°45′')
  expect(crsName('EPSG:2056')).toBe('EPSG:2056')
})

test('exports offer each CRS once, longitude and latitude first', () => {
  const choices = exportChoices(['EPSG:9215', 'EPSG:9215', 'EPSG:4326'])
  expect(choices.slice(0, 7)).toEqual(['CRS84', 'EPSG:9215', 'EPSG:4326', 'EPSG:3405', 'EPSG:3406', 'EPSG:5896', 'EPSG:9205'])
  expect(choices).toHaveLength(5 + 17)
})
