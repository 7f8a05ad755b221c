import { expect, test } from 'vitest'
import { withoutZone } from './subject'

test('a message in a row leaves out the zone that has its own column', () => {
  expect(withoutZone('KCN Đồi Cọ: khai 171,98 ha, đo 170,79 ha', 'KCN Đồi Cọ')).toBe('Khai 171,98 ha, đo 170,79 ha')
  expect(withoutZone('CCN Nà Hoa nằm trên 2 xã', 'CCN Nà Hoa')).toBe('Nằm trên 2 xã')
  expect(withoutZone('Vùng tự cắt', undefined)).toBe('Vùng tự cắt')
  expect(withoutZone('CCN Nà Hoa × KCN Đồi Cọ', 'KCN Đồi Cọ')).toBe('CCN Nà Hoa × KCN Đồi Cọ')
})
