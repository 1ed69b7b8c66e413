import type { SeedAttribute, Text3 } from './types.js';

const cm: Text3 = { en: 'cm', ko: 'cm', uz: 'sm' };
const watts: Text3 = { en: 'W', ko: 'W', uz: 'Vt' };
const hours: Text3 = { en: 'h', ko: '시간', uz: 'soat' };

export const attributes: SeedAttribute[] = [
  { code: 'weight', label: { en: 'Weight', ko: '무게', uz: 'Ogʻirligi' }, kind: 'number', unit: 'kg' },
  {
    code: 'max-user-weight',
    label: { en: 'Maximum user weight', ko: '최대 사용자 체중', uz: 'Foydalanuvchining eng katta vazni' },
    kind: 'number',
    unit: 'kg',
  },
  { code: 'length', label: { en: 'Length', ko: '길이', uz: 'Uzunligi' }, kind: 'number', unit: cm },
  { code: 'width', label: { en: 'Width', ko: '너비', uz: 'Eni' }, kind: 'number', unit: cm },
  { code: 'height', label: { en: 'Height', ko: '높이', uz: 'Balandligi' }, kind: 'number', unit: cm },
  { code: 'thickness', label: { en: 'Thickness', ko: '두께', uz: 'Qalinligi' }, kind: 'number', unit: 'mm' },
  { code: 'diameter', label: { en: 'Diameter', ko: '지름', uz: 'Diametri' }, kind: 'number', unit: cm },
  {
    code: 'max-speed',
    label: { en: 'Top speed', ko: '최고 속도', uz: 'Eng yuqori tezligi' },
    kind: 'number',
    unit: { en: 'km/h', ko: 'km/h', uz: 'km/soat' },
  },
  {
    code: 'motor-power',
    label: { en: 'Motor power', ko: '모터 출력', uz: 'Dvigatel quvvati' },
    kind: 'number',
    unit: watts,
  },
  {
    code: 'incline',
    label: { en: 'Maximum incline', ko: '최대 경사', uz: 'Eng katta qiyaligi' },
    kind: 'number',
    unit: '%',
  },
  {
    code: 'resistance-levels',
    label: { en: 'Resistance levels', ko: '저항 단계', uz: 'Qarshilik darajalari' },
    kind: 'number',
  },
  {
    code: 'flywheel-weight',
    label: { en: 'Flywheel weight', ko: '플라이휠 무게', uz: 'Maxovik ogʻirligi' },
    kind: 'number',
    unit: 'kg',
  },
  {
    code: 'min-load',
    label: { en: 'Minimum load', ko: '최소 중량', uz: 'Eng kichik yuklama' },
    kind: 'number',
    unit: 'kg',
  },
  {
    code: 'max-load',
    label: { en: 'Maximum load', ko: '최대 중량', uz: 'Eng katta yuklama' },
    kind: 'number',
    unit: 'kg',
  },
  {
    code: 'load-step',
    label: { en: 'Load step', ko: '중량 조절 단위', uz: 'Yuklama qadami' },
    kind: 'number',
    unit: 'kg',
  },
  {
    code: 'battery-life',
    label: { en: 'Battery life in use', ko: '연속 사용 시간', uz: 'Uzluksiz ishlash vaqti' },
    kind: 'number',
    unit: hours,
  },
  {
    code: 'battery-days',
    label: { en: 'Battery life', ko: '배터리 사용 기간', uz: 'Bir zaryadda ishlash muddati' },
    kind: 'number',
    unit: { en: 'days', ko: '일', uz: 'kun' },
  },
  {
    code: 'charging-time',
    label: { en: 'Charging time', ko: '충전 시간', uz: 'Zaryadlash vaqti' },
    kind: 'number',
    unit: hours,
  },
  {
    code: 'screen-size',
    label: { en: 'Screen size', ko: '화면 크기', uz: 'Ekran oʻlchami' },
    kind: 'number',
    unit: '″',
  },
  {
    code: 'noise-level',
    label: { en: 'Noise level', ko: '소음', uz: 'Shovqin darajasi' },
    kind: 'number',
    unit: 'dB',
  },
  { code: 'capacity-ml', label: { en: 'Capacity', ko: '용량', uz: 'Sigʻimi' }, kind: 'number', unit: 'ml' },
  { code: 'capacity-l', label: { en: 'Volume', ko: '수납 용량', uz: 'Hajmi' }, kind: 'number', unit: 'l' },
  {
    code: 'cable-length',
    label: { en: 'Cable length', ko: '케이블 길이', uz: 'Tros uzunligi' },
    kind: 'number',
    unit: cm,
  },
  {
    code: 'water-resistance',
    label: { en: 'Water resistance', ko: '방수 등급', uz: 'Suvdan himoya' },
    kind: 'text',
  },
  { code: 'material', label: { en: 'Material', ko: '소재', uz: 'Materiali' }, kind: 'text' },
  { code: 'connectivity', label: { en: 'Connectivity', ko: '무선 연결', uz: 'Simsiz aloqa' }, kind: 'text' },
  { code: 'power-supply', label: { en: 'Power supply', ko: '전원', uz: 'Quvvat manbai' }, kind: 'text' },
  { code: 'foldable', label: { en: 'Foldable', ko: '접이식', uz: 'Buklanadi' }, kind: 'flag' },
  {
    code: 'app',
    label: {
      en: 'Works with the Trainium app',
      ko: 'Trainium 앱 연동',
      uz: 'Trainium ilovasi bilan ishlaydi',
    },
    kind: 'flag',
  },
  {
    code: 'pieces',
    label: { en: 'Pieces in the set', ko: '구성 수량', uz: 'Toʻplamdagi buyumlar soni' },
    kind: 'number',
  },
  {
    code: 'warranty-years',
    label: { en: 'Warranty', ko: '보증 기간', uz: 'Kafolat muddati' },
    kind: 'number',
    unit: { en: 'yr', ko: '년', uz: 'yil' },
  },
  {
    code: 'origin',
    label: { en: 'Country of origin', ko: '원산지', uz: 'Ishlab chiqarilgan davlat' },
    kind: 'text',
  },
];
