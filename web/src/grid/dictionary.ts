import { part } from '../i18n/part'

export const vi = {
  'xy.toDegrees': 'Đổi sang độ WGS 84',
  'xy.toMetres': 'Đổi sang mét VN-2000',
  'xy.guess': 'múi đoán',
}

export const en: Record<keyof typeof vi, string> = {
  'xy.toDegrees': 'Change to degrees of WGS 84',
  'xy.toMetres': 'Change to metres of VN-2000',
  'xy.guess': 'zone guessed',
}

/** The words of coordinates on the map. */
export const say = part(vi, en)
