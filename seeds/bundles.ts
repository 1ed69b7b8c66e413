import { findVariantIds } from '../src/catalog/index.js';
import { saveBundle } from '../src/bundles/index.js';
import type { Tx } from '../src/platform/db.js';
import type { Text3 } from './catalogue/types.js';

interface SeedBundle {
  code: string;
  slug: Text3;
  name: Text3;
  summary: Text3;
  description: Text3;
  items: { sku: string; quantity: number }[];
  /** Smallest units: cents, won, tiyin. */
  prices: { USD: number; KRW: number; UZS: number };
}

const bundles: SeedBundle[] = [
  {
    code: 'strength-corner',
    slug: { en: 'strength-corner', ko: '근력-코너-세트', uz: 'kuch-burchagi' },
    name: { en: 'Strength Corner', ko: '근력 코너 세트', uz: 'Kuch burchagi' },
    summary: {
      en: 'A pair of Stack dumbbells and the Angle bench: a weight room on two square metres.',
      ko: '스택 덤벨 2개와 앵글 벤치. 2제곱미터에 들어가는 웨이트 룸입니다.',
      uz: 'Bir juft Stack ganteli va Angle skameykasi: ikki kvadrat metrdagi trenajor zali.',
    },
    description: {
      en: '<p>Eight weights a hand and a backrest with seven angles cover presses, rows, curls and lunges. Dumbbells and bench stand side by side: the cradles fit under the seat.</p>',
      ko: '<p>한 손에 8단계 무게, 7단계로 조절되는 등받이로 프레스, 로우, 컬, 런지까지 할 수 있습니다. 덤벨 거치대는 벤치 좌석 아래에 들어갑니다.</p>',
      uz: '<p>Har qoʻlga sakkiz xil ogʻirlik va yetti burchakli suyanchiq: siqish, tortish, bukish va odimlash mashqlari uchun yetarli. Gantel tagliklari oʻrindiq ostiga sigʻadi.</p>',
    },
    items: [
      { sku: 'FRG-STACK-32-2', quantity: 1 },
      { sku: 'FRG-ANGLE-GR', quantity: 1 },
    ],
    prices: { USD: 769_00, KRW: 1_029_000, UZS: 9_590_000_00 },
  },
  {
    code: 'garage-gym',
    slug: { en: 'garage-gym', ko: '차고-홈짐-세트', uz: 'garaj-zali' },
    name: { en: 'Garage Gym', ko: '차고 홈짐 세트', uz: 'Garaj zali' },
    summary: {
      en: 'Half rack, 120 kg of bumper plates with a bar, and a bench: squat, press, pull.',
      ko: '하프랙, 120kg 바벨 세트, 벤치. 스쿼트와 프레스, 풀 동작을 모두 할 수 있습니다.',
      uz: 'Yarim rama, 120 kg disklar bilan shtanga va skameyka: oʻtirib-turish, siqish, tortish.',
    },
    description: {
      en: '<p>Everything a barbell programme needs, from one delivery. The bench rolls into the rack, and the plates hang on its posts.</p>',
      ko: '<p>바벨 프로그램에 필요한 모든 것을 한 번에 배송합니다. 벤치는 랙 안으로 밀어 넣고, 플레이트는 기둥에 걸어 보관합니다.</p>',
      uz: '<p>Shtanga bilan mashq qilish uchun kerak boʻlgan hamma narsa bitta yetkazib berishda. Skameyka rama ichiga kiradi, disklar esa ustunlariga osiladi.</p>',
    },
    items: [
      { sku: 'FRG-ANCHOR-RACK', quantity: 1 },
      { sku: 'FRG-APEX-120', quantity: 1 },
      { sku: 'FRG-ANGLE-GR', quantity: 1 },
    ],
    prices: { USD: 1_429_00, KRW: 1_899_000, UZS: 17_900_000_00 },
  },
  {
    code: 'run-and-measure',
    slug: { en: 'run-and-measure', ko: '러닝-측정-세트', uz: 'yugurish-va-olchash' },
    name: { en: 'Run and Measure', ko: '러닝 측정 세트', uz: 'Yugurish va oʻlchash' },
    summary: {
      en: 'The Stride treadmill with the Beat chest strap and the Gauge body scale.',
      ko: '스트라이드 트레드밀에 비트 가슴 심박계와 게이지 체중계를 더했습니다.',
      uz: 'Stride yugurish yoʻlakchasi, Beat koʻkrak pulsometri va Gauge tarozisi.',
    },
    description: {
      en: '<p>Strap and scale pair with the treadmill once and stay paired: pulse on the display while you run, weight and body fat in the same log afterwards.</p>',
      ko: '<p>심박계와 체중계는 트레드밀과 한 번만 연결하면 됩니다. 달리는 동안 화면에서 심박수를 보고, 운동 뒤에는 체중과 체지방을 같은 기록에서 확인합니다.</p>',
      uz: '<p>Pulsometr va tarozi yoʻlakchaga bir marta ulanadi. Yugurganda puls ekranda koʻrinadi, keyin vazn va yogʻ miqdori oʻsha yozuvlarga qoʻshiladi.</p>',
    },
    items: [
      { sku: 'TRN-STRIDE-GR', quantity: 1 },
      { sku: 'PLS-BEAT-LX', quantity: 1 },
      { sku: 'PLS-GAUGE', quantity: 1 },
    ],
    prices: { USD: 1_949_00, KRW: 2_549_000, UZS: 24_490_000_00 },
  },
  {
    code: 'double-bell',
    slug: { en: 'double-bell', ko: '더블-케틀벨-세트', uz: 'ikki-girya' },
    name: { en: 'Double Bell', ko: '더블 케틀벨 세트', uz: 'Ikki girya' },
    summary: {
      en: 'Two Swing kettlebells of 16 kg and the Tempo rope for twenty hard minutes.',
      ko: '16kg 스윙 케틀벨 2개와 템포 줄넘기로 20분을 꽉 채우는 세트입니다.',
      uz: 'Ikkita 16 kg li Swing giryasi va Tempo arqoni: yigirma daqiqalik jadal mashgʻulot.',
    },
    description: {
      en: '<p>Both bells count swings, the rope counts turns, and the app puts them into one session.</p>',
      ko: '<p>케틀벨은 스윙 횟수를, 줄넘기는 회전 수를 세고, 앱이 하나의 운동으로 묶어 줍니다.</p>',
      uz: '<p>Giryalar silkitishlarni, arqon aylanishlarni sanaydi, ilova esa ularni bitta mashgʻulotga jamlaydi.</p>',
    },
    items: [
      { sku: 'FRG-SWING-16', quantity: 2 },
      { sku: 'PLS-TEMPO', quantity: 1 },
    ],
    prices: { USD: 329_00, KRW: 445_000, UZS: 4_140_000_00 },
  },
  {
    code: 'rest-day',
    slug: { en: 'rest-day', ko: '회복-데이-세트', uz: 'dam-olish-kuni' },
    name: { en: 'Rest Day', ko: '회복 데이 세트', uz: 'Dam olish kuni' },
    summary: {
      en: 'Massage gun, foam roller and mat: what the day after needs.',
      ko: '마사지건, 폼롤러, 매트. 운동 다음 날에 필요한 세 가지입니다.',
      uz: 'Massaj pistoleti, rolik va gilamcha: mashgʻulotdan keyingi kun uchun.',
    },
    description: {
      en: '<p>Ten minutes on the mat: the roller for back and thighs, the massage gun for the spots it cannot reach.</p>',
      ko: '<p>매트 위에서 10분. 폼롤러로 등과 허벅지를 풀고, 닿지 않는 부위는 마사지건으로 풀어 줍니다.</p>',
      uz: '<p>Gilamchada oʻn daqiqa: orqa va sonlar uchun rolik, u yetmagan joylar uchun massaj pistoleti.</p>',
    },
    items: [
      { sku: 'FLW-EASE-GR', quantity: 1 },
      { sku: 'FLW-GROOVE-45', quantity: 1 },
      { sku: 'FLW-GROUND-GL-6', quantity: 1 },
    ],
    prices: { USD: 229_00, KRW: 309_000, UZS: 2_890_000_00 },
  },
];

/** The sets of the demo. @throws Error when a set costs more than its parts, or names a variant that is not there. */
export async function seedBundles(tx: Tx): Promise<void> {
  const skus = bundles.flatMap(({ items }) => items.map(({ sku }) => sku));
  const ids = await findVariantIds(tx, { skus });
  for (const [position, { code, slug, name, summary, description, items, prices }] of bundles.entries()) {
    const text = (locale: 'en' | 'ko' | 'uz') => ({
      name: name[locale],
      slug: slug[locale],
      summary: summary[locale],
      descriptionHtml: description[locale],
    });
    const saved = await saveBundle(tx, {
      code,
      state: 'active',
      position,
      translations: { en: text('en'), ko: text('ko'), uz: text('uz') },
      items: items.map(({ sku, quantity }) => {
        const variantId = ids.get(sku);
        if (variantId === undefined) throw new Error(`the set ${code} names ${sku}, which is not there`);
        return { variantId, quantity };
      }),
      prices,
    });
    if (!saved.ok) throw new Error(`the set ${code}: ${saved.reason}`);
  }
}
