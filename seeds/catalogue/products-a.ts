import type { SeedOption, SeedProduct, SeedSpecification, Text3 } from './types.js';

const html = (...blocks: string[]): string => blocks.join('\n');

const madeIn = (text: Text3): SeedSpecification => ({ attribute: 'origin', text });
const korea = madeIn({ en: 'South Korea', ko: '대한민국', uz: 'Janubiy Koreya' });
const china = madeIn({ en: 'China', ko: '중국', uz: 'Xitoy' });
const vietnam = madeIn({ en: 'Vietnam', ko: '베트남', uz: 'Vyetnam' });
const taiwan = madeIn({ en: 'Taiwan', ko: '대만', uz: 'Tayvan' });
const malaysia = madeIn({ en: 'Malaysia', ko: '말레이시아', uz: 'Malayziya' });

const graphite = { code: 'graphite', label: { en: 'Graphite', ko: '그래파이트', uz: 'Grafit' } };
const chalk = { code: 'chalk', label: { en: 'Chalk grey', ko: '초크 그레이', uz: 'Och kulrang' } };
const lime = { code: 'lime', label: { en: 'Lime', ko: '라임', uz: 'Laym' } };
const colour = (...values: SeedOption['values']): SeedOption => ({
  code: 'colour',
  name: { en: 'Colour', ko: '색상', uz: 'Rang' },
  values,
});

export const productsA: SeedProduct[] = [
  {
    slug: {
      en: 'stack-adjustable-smart-dumbbell',
      ko: '스택-무게조절-스마트-덤벨',
      uz: 'stack-sozlanadigan-aqlli-ganteli',
    },
    brand: 'forge',
    category: 'free-weights',
    name: {
      en: 'Stack Adjustable Smart Dumbbell',
      ko: '스택 무게조절 스마트 덤벨',
      uz: 'Stack sozlanadigan aqlli ganteli',
    },
    summary: {
      en: 'Eight weights from 4 to 32 kg in one dumbbell, chosen with a tap on the cradle display.',
      ko: '충전 거치대 화면을 터치해 4kg부터 32kg까지 8단계로 무게를 바꾸는 스마트 덤벨입니다.',
      uz: 'Bitta gantelda 4 kg dan 32 kg gacha sakkiz xil ogʻirlik: keraklisini taglik ekranidan tanlaysiz.',
    },
    description: {
      en: html(
        '<p>Seven graphite plates of 2 kg stand on each side of a 4 kg handle. Choose a weight on the cradle display and the lock takes up as many as you need: <strong>4 to 32 kg in steps of 4 kg</strong>. The change takes two seconds, and the figure is on the display before you lift.</p>',
        '<p>The handle is knurled steel, 32 mm thick. The lime collars hold the plates mechanically: they stay locked without power and open only in the cradle. A sensor in the handle counts repetitions and sends them to the Trainium app.</p>',
        '<h3>In the box</h3>',
        '<ul><li>Dumbbell (the pair: two), each with its own charging cradle</li><li>Mains adapter for each cradle</li><li>Printed guide</li></ul>',
        '<p>The cradle measures 50 × 24 cm and weighs 4 kg. Choose the pair for presses and lunges; the single dumbbell is enough for rows and goblet squats.</p>',
      ),
      ko: html(
        '<p>4kg 손잡이 양쪽에 2kg 플레이트가 7장씩 들어갑니다. 충전 거치대 화면에서 무게를 고르면 필요한 플레이트만 잠겨 <strong>4kg에서 32kg까지 4kg 단위로</strong> 바뀝니다. 무게를 바꾸는 데 걸리는 시간은 2초이며, 들기 전에 화면에서 숫자를 확인할 수 있습니다.</p>',
        '<p>손잡이는 널링 가공한 지름 32mm 스틸입니다. 라임색 칼라가 플레이트를 기계식으로 고정하므로 전원이 꺼져도 풀리지 않고, 거치대 위에서만 열립니다. 손잡이에 든 센서가 반복 횟수를 세어 Trainium 앱에 기록합니다.</p>',
        '<h3>구성품</h3>',
        '<ul><li>덤벨(2개 세트는 2개)과 덤벨별 충전 거치대</li><li>거치대별 전원 어댑터</li><li>사용 설명서</li></ul>',
        '<p>거치대는 50 × 24cm, 4kg입니다. 프레스나 런지처럼 양손을 쓰는 운동에는 2개 세트를, 로우나 고블릿 스쿼트 위주라면 1개를 권합니다.</p>',
      ),
      uz: html(
        '<p>Ogʻirligi 4 kg boʻlgan dastaning ikki tomonida 2 kg li disklar yettitadan turadi. Taglik ekranida ogʻirlikni tanlasangiz, qulf faqat kerakli disklarni ushlab qoladi: <strong>4 kg dan 32 kg gacha, 4 kg qadam bilan</strong>. Ogʻirlik ikki soniyada almashadi va gantelni koʻtarishdan oldin ekranda koʻrinadi.</p>',
        '<p>Dastasi tishli naqsh oʻyilgan poʻlatdan, yoʻgʻonligi 32 mm. Laym rangli halqalar disklarni mexanik usulda ushlaydi: tok oʻchsa ham boʻshamaydi, faqat taglik ustida ochiladi. Dasta ichidagi datchik takrorlarni sanab, Trainium ilovasiga yozib boradi.</p>',
        '<h3>Toʻplamda</h3>',
        '<ul><li>Gantel (juftlikda ikkita), har biri oʻz zaryadlash tagligi bilan</li><li>Har bir taglik uchun tarmoq adapteri</li><li>Foydalanish qoʻllanmasi</li></ul>',
        '<p>Taglik oʻlchami 50 × 24 sm, ogʻirligi 4 kg. Ikki qoʻl bilan bajariladigan mashqlar uchun juftligini oling; belga tortish va gantel ushlab oʻtirib-turish uchun bittasi yetadi.</p>',
      ),
    },
    specifications: [
      { attribute: 'min-load', number: 4 },
      { attribute: 'max-load', number: 32 },
      { attribute: 'load-step', number: 4 },
      { attribute: 'length', number: 43 },
      {
        attribute: 'power-supply',
        text: {
          en: 'Mains adapter, 100–240 V',
          ko: '전원 어댑터, 100–240V',
          uz: 'Tarmoq adapteri, 100–240 V',
        },
      },
      {
        attribute: 'connectivity',
        text: { en: 'Bluetooth 5.2', ko: '블루투스 5.2', uz: 'Bluetooth 5.2' },
      },
      { attribute: 'app', flag: true },
      { attribute: 'warranty-years', number: 2 },
      taiwan,
    ],
    options: [
      {
        code: 'set',
        name: { en: 'Set', ko: '구성', uz: 'Toʻplam' },
        values: [
          { code: 'single', label: { en: 'One dumbbell', ko: '1개', uz: 'Bitta gantel' } },
          { code: 'pair', label: { en: 'Pair', ko: '2개 세트', uz: 'Juftlik' } },
        ],
      },
    ],
    variants: [
      {
        sku: 'FRG-STACK-32-1',
        values: { set: 'single' },
        prices: { USD: 299, KRW: 399_000, UZS: 3_740_000 },
        stock: 34,
        weightGrams: 38_500,
        image: 'adjustable-smart-dumbbell-1',
      },
      {
        sku: 'FRG-STACK-32-2',
        values: { set: 'pair' },
        prices: { USD: 579, KRW: 779_000, UZS: 7_240_000 },
        stock: 18,
        weightGrams: 77_000,
      },
    ],
    images: [
      {
        file: 'adjustable-smart-dumbbell-1',
        alt: {
          en: 'Adjustable smart dumbbell with seven graphite plates a side, resting in its charging cradle with a small display',
          ko: '작은 화면이 달린 충전 거치대에 놓인, 양쪽에 그래파이트색 플레이트가 7장씩 끼워진 스마트 덤벨',
          uz: 'Kichik ekranli zaryadlash tagligida turgan, har tomonida yettitadan grafit rangli diski bor aqlli gantel',
        },
      },
      {
        file: 'adjustable-smart-dumbbell-2',
        alt: {
          en: 'Close-up of the knurled dumbbell handle, lime locking collar and the cradle display showing 24 kg',
          ko: '널링 가공된 덤벨 손잡이와 라임색 잠금 칼라, 24kg을 표시한 거치대 화면을 가까이에서 본 모습',
          uz: 'Gantelning tishli naqshli dastasi, laym rangli qulflash halqasi va 24 kg ni koʻrsatayotgan taglik ekrani yaqindan',
        },
      },
    ],
    listedDaysAgo: 21,
  },
  {
    slug: { en: 'swing-smart-kettlebell', ko: '스윙-스마트-케틀벨', uz: 'swing-aqlli-giryasi' },
    brand: 'forge',
    category: 'free-weights',
    name: { en: 'Swing Smart Kettlebell', ko: '스윙 스마트 케틀벨', uz: 'Swing aqlli giryasi' },
    summary: {
      en: 'A competition-size kettlebell that counts every repetition; its base shows the set and charges it.',
      ko: '반복 횟수를 스스로 세는 대회 규격 케틀벨. 충전 받침대 화면에서 세트 기록을 바로 확인합니다.',
      uz: 'Takrorlarni oʻzi sanaydigan, musobaqa oʻlchamidagi girya: tagligi natijani koʻrsatadi va zaryadlaydi.',
    },
    description: {
      en: html(
        '<p>A motion sensor in the steel body counts swings, cleans and snatches. Put the kettlebell down and the base shows the set: 18 on the display means 18 repetitions, with a bar for the speed of each.</p>',
        '<p>All five weights from 8 to 24 kg share one shape: 28 cm high, 21 cm across, with a 35 mm handle. Your grip stays the same when you move up. The weight stands on the round plate in front; a lime ring runs round the waist.</p>',
        '<h3>Battery</h3>',
        '<p>One charge lasts for <strong>24 hours of training</strong>. Two hours on the base fill it again. The base weighs 1.4 kg and takes power from any USB-C charger; the cable is in the box, the charger is not.</p>',
      ),
      ko: html(
        '<p>스틸 몸체에 든 동작 센서가 스윙, 클린, 스내치 횟수를 셉니다. 케틀벨을 받침대에 내려놓으면 방금 마친 세트가 화면에 나타납니다. 18이라고 뜨면 18회이고, 옆의 막대는 매회 속도입니다.</p>',
        '<p>8kg부터 24kg까지 다섯 가지 무게가 모두 같은 크기입니다. 높이 28cm, 지름 21cm, 손잡이 굵기 35mm로, 무게를 올려도 잡는 느낌이 그대로입니다. 앞면의 둥근 판에 무게가 적혀 있고 허리에는 라임색 띠를 둘렀습니다.</p>',
        '<h3>배터리</h3>',
        '<p>한 번 충전하면 <strong>24시간 분량의 운동</strong>을 기록합니다. 받침대에 2시간 올려 두면 완전히 충전됩니다. 받침대는 1.4kg이며 USB-C 충전기로 작동합니다. 케이블은 들어 있고 충전기는 별매입니다.</p>',
      ),
      uz: html(
        '<p>Poʻlat korpus ichidagi harakat datchigi siltash, koʻkrakka olish va dast koʻtarishlarni sanaydi. Giryani taglikka qoʻysangiz, oxirgi yondashuv natijasi ekranga chiqadi: 18 soni — 18 ta takror, yonidagi ustunchalar esa har birining tezligi.</p>',
        '<p>8 kg dan 24 kg gacha beshta ogʻirlikning barchasi bir xil oʻlchamda: balandligi 28 sm, diametri 21 sm, dastasining yoʻgʻonligi 35 mm. Ogʻirroq giryaga oʻtganda ham ushlash usulini oʻzgartirish shart emas. Ogʻirligi old tomondagi doirada yozilgan, belida laym rangli halqasi bor.</p>',
        '<h3>Batareya</h3>',
        '<p>Bir zaryad <strong>24 soatlik mashgʻulotga</strong> yetadi. Taglik ustida ikki soatda toʻla zaryadlanadi. Taglikning ogʻirligi 1,4 kg, u istalgan USB-C zaryadlagichdan ishlaydi: kabeli toʻplamda bor, zaryadlagichning oʻzi yoʻq.</p>',
      ),
    },
    specifications: [
      { attribute: 'height', number: 28 },
      { attribute: 'diameter', number: 21 },
      {
        attribute: 'material',
        text: {
          en: 'Steel, matt powder coat',
          ko: '스틸, 무광 분체 도장',
          uz: 'Poʻlat, jilosiz kukun boʻyoq',
        },
      },
      { attribute: 'battery-life', number: 24 },
      { attribute: 'charging-time', number: 2 },
      {
        attribute: 'connectivity',
        text: { en: 'Bluetooth 5.2', ko: '블루투스 5.2', uz: 'Bluetooth 5.2' },
      },
      { attribute: 'app', flag: true },
      { attribute: 'warranty-years', number: 2 },
      china,
    ],
    options: [
      {
        code: 'weight',
        name: { en: 'Weight', ko: '무게', uz: 'Ogʻirlik' },
        values: [
          { code: '8kg', label: { en: '8 kg', ko: '8kg', uz: '8 kg' } },
          { code: '12kg', label: { en: '12 kg', ko: '12kg', uz: '12 kg' } },
          { code: '16kg', label: { en: '16 kg', ko: '16kg', uz: '16 kg' } },
          { code: '20kg', label: { en: '20 kg', ko: '20kg', uz: '20 kg' } },
          { code: '24kg', label: { en: '24 kg', ko: '24kg', uz: '24 kg' } },
        ],
      },
    ],
    variants: [
      {
        sku: 'FRG-SWING-08',
        values: { weight: '8kg' },
        prices: { USD: 119, KRW: 159_000, UZS: 1_490_000 },
        stock: 41,
        weightGrams: 10_200,
      },
      {
        sku: 'FRG-SWING-12',
        values: { weight: '12kg' },
        prices: { USD: 139, KRW: 189_000, UZS: 1_740_000 },
        stock: 52,
        weightGrams: 14_200,
      },
      {
        sku: 'FRG-SWING-16',
        values: { weight: '16kg' },
        prices: { USD: 159, KRW: 215_000, UZS: 1_990_000 },
        stock: 47,
        weightGrams: 18_200,
        image: 'smart-kettlebell-2',
      },
      {
        sku: 'FRG-SWING-20',
        values: { weight: '20kg' },
        prices: { USD: 179, KRW: 239_000, UZS: 2_240_000 },
        stock: 0,
        weightGrams: 22_200,
      },
      {
        sku: 'FRG-SWING-24',
        values: { weight: '24kg' },
        prices: { USD: 199, KRW: 269_000, UZS: 2_490_000 },
        stock: 19,
        weightGrams: 26_200,
      },
    ],
    images: [
      {
        file: 'smart-kettlebell-1',
        alt: {
          en: 'Smart kettlebell with a lime waist ring standing on its round base with a repetition display',
          ko: '허리에 라임색 띠를 두르고, 횟수를 보여 주는 둥근 충전 받침대 위에 놓인 스마트 케틀벨',
          uz: 'Beliga laym rangli halqa oʻralgan aqlli girya, takrorlar sonini koʻrsatadigan doira taglik ustida',
        },
      },
      {
        file: 'smart-kettlebell-2',
        alt: {
          en: 'Close-up of the kettlebell base: light ring and display counting 18 repetitions',
          ko: '케틀벨 받침대를 가까이에서 본 모습. 빛나는 라임색 링과 18회를 표시한 화면',
          uz: 'Girya tagligi yaqindan: yorugʻlik halqasi va 18 ta takrorni koʻrsatayotgan ekran',
        },
      },
    ],
    listedDaysAgo: 64,
  },
  {
    slug: {
      en: 'stride-folding-treadmill',
      ko: '스트라이드-접이식-러닝머신',
      uz: 'stride-buklanadigan-yugurish-yolakchasi',
    },
    brand: 'trainium',
    category: 'cardio',
    name: {
      en: 'Stride Folding Treadmill',
      ko: '스트라이드 접이식 러닝머신',
      uz: 'Stride buklanadigan yugurish yoʻlakchasi',
    },
    summary: {
      en: 'A 20 km/h treadmill with a 52 cm wide belt and touch display that folds to just over half its length.',
      ko: '폭 52cm 벨트로 시속 20km까지 달리고, 접으면 길이가 절반 가까이 줄어드는 러닝머신입니다.',
      uz: 'Eni 52 sm li tasma, 20 km/soat tezlik va sensorli ekran; buklansa, boʻyi deyarli ikki baravar qisqaradi.',
    },
    description: {
      en: html(
        '<p>A belt of 52 × 145 cm and a 2,200 W motor carry a steady run up to 20 km/h, on the flat or at an incline of up to 15%. Speed stands large on the 21.5″ touch display, so 12.4 km/h is easy to read in full stride. Pace, climb and heart rate sit beside it.</p>',
        '<p>Speed and incline keys are left and right of the display, the <strong>red stop button</strong> is below it, and the handrails are wrapped in rubber. After the run, lift the deck: a gas strut takes the weight and the floor space shrinks from 176 × 84 cm to 98 × 84 cm.</p>',
        '<h3>Before delivery</h3>',
        '<ul><li>Ceiling: your height plus 40 cm</li><li>Packed weight 108 kg: plan for two people</li><li>Assembly: six bolts, about 30 minutes, tools included</li></ul>',
      ),
      ko: html(
        '<p>52 × 145cm 벨트와 2,200W 모터가 시속 20km까지 흔들림 없이 받쳐 줍니다. 경사는 최대 15%. 21.5인치 터치스크린에 속도가 큼직하게 표시되어 달리는 중에도 12.4km/h를 한눈에 읽을 수 있고, 페이스와 누적 고도, 심박수가 그 옆에 나타납니다.</p>',
        '<p>속도·경사 버튼은 화면 좌우에, <strong>빨간색 정지 버튼</strong>은 화면 아래에 있으며 손잡이는 고무로 감쌌습니다. 운동을 마치고 데크를 들어 올리면 가스 실린더가 무게를 받쳐 줍니다. 차지하는 공간은 176 × 84cm에서 98 × 84cm로 줄어듭니다.</p>',
        '<h3>배송 전 확인</h3>',
        '<ul><li>천장 높이: 사용자 키 + 40cm 이상</li><li>포장 무게 108kg: 두 사람이 옮겨 주세요</li><li>조립: 볼트 6개, 약 30분, 공구 포함</li></ul>',
      ),
      uz: html(
        '<p>52 × 145 sm li tasma va 2200 Vt li dvigatel 20 km/soat tezlikda ham ravon yugurishni taʼminlaydi. Qiyaligi 15% gacha oshiriladi. 21,5 dyuymli sensorli ekranda tezlik yirik raqamda turadi: 12,4 km/soat yugurib turganda ham bemalol oʻqiladi. Yonida surʼat, koʻtarilgan balandlik va puls koʻrinadi.</p>',
        '<p>Tezlik va qiyalik tugmalari ekranning ikki yonida, <strong>qizil toʻxtatish tugmasi</strong> ekran ostida, tutqichlari rezina bilan qoplangan. Yugurib boʻlgach platformani koʻtaring: ogʻirligini gazli amortizator oladi, egallaydigan joyi esa 176 × 84 sm dan 98 × 84 sm gacha kichrayadi.</p>',
        '<h3>Yetkazib berishdan oldin</h3>',
        '<ul><li>Shift balandligi: boʻyingizdan kamida 40 sm baland</li><li>Qadogʻi bilan ogʻirligi 108 kg: koʻtarish uchun ikki kishi kerak</li><li>Yigʻish: oltita bolt, 30 daqiqacha, asboblar toʻplamda</li></ul>',
      ),
    },
    specifications: [
      { attribute: 'max-speed', number: 20 },
      { attribute: 'motor-power', number: 2200 },
      { attribute: 'incline', number: 15 },
      { attribute: 'screen-size', number: 21.5 },
      { attribute: 'max-user-weight', number: 140 },
      { attribute: 'weight', number: 96 },
      { attribute: 'foldable', flag: true },
      { attribute: 'warranty-years', number: 3 },
      korea,
    ],
    options: [colour(graphite, chalk)],
    variants: [
      {
        sku: 'TRN-STRIDE-GR',
        values: { colour: 'graphite' },
        prices: { USD: 1899, KRW: 2_490_000, UZS: 23_900_000 },
        stock: 16,
        weightGrams: 108_000,
        image: 'folding-treadmill-1',
      },
      {
        sku: 'TRN-STRIDE-CH',
        values: { colour: 'chalk' },
        prices: { USD: 1699, KRW: 2_229_000, UZS: 21_300_000 },
        compareAt: { USD: 1899, KRW: 2_490_000, UZS: 23_900_000 },
        stock: 9,
        weightGrams: 108_000,
      },
    ],
    images: [
      {
        file: 'folding-treadmill-1',
        alt: {
          en: 'Folding treadmill with wide belt, handrails and a large touch display, seen from behind at an angle',
          ko: '넓은 벨트와 손잡이, 큰 터치스크린을 갖춘 접이식 러닝머신을 뒤쪽에서 비스듬히 본 모습',
          uz: 'Keng tasmali, tutqichli va katta sensorli ekranli buklanadigan yugurish yoʻlakchasi, orqa yon tomondan',
        },
      },
      {
        file: 'folding-treadmill-2',
        alt: {
          en: 'Close-up of the treadmill console: touch display at 12.4 km/h, red stop button, rubber handrails',
          ko: '12.4km/h를 표시한 터치스크린, 빨간색 정지 버튼, 고무 손잡이가 보이는 러닝머신 콘솔',
          uz: 'Yugurish yoʻlakchasining boshqaruv paneli yaqindan: 12,4 km/soatni koʻrsatayotgan ekran, qizil toʻxtatish tugmasi, rezina tutqichlar',
        },
      },
    ],
    listedDaysAgo: 12,
  },
  {
    slug: {
      en: 'cadence-indoor-smart-bike',
      ko: '케이던스-스마트-실내-자전거',
      uz: 'cadence-aqlli-velotrenajori',
    },
    brand: 'trainium',
    category: 'cardio',
    name: {
      en: 'Cadence Indoor Smart Bike',
      ko: '케이던스 스마트 실내 자전거',
      uz: 'Cadence aqlli velotrenajori',
    },
    summary: {
      en: 'A belt-driven bike with a 9 kg flywheel, 32 magnetic levels and power in watts on a tilting display.',
      ko: '9kg 플라이휠과 32단계 자석 저항, 파워(W)까지 보여 주는 각도 조절 화면의 실내 자전거입니다.',
      uz: 'Tasmali uzatma, 9 kg li maxovik, 32 darajali magnit qarshilik va quvvatni vattda koʻrsatadigan ekran.',
    },
    description: {
      en: html(
        '<p>A covered belt turns a 9 kg flywheel, and magnets brake it without touching: 32 levels of resistance, nothing to wear out, 52 dB at a brisk pace. The 15.6″ display tilts towards you on the saddle or on the mat and shows power, cadence and heart rate. Power is accurate to ±2%.</p>',
        '<p>Saddle and handlebar move up, down, forward and back on brushed steel posts. Lime knobs lock them by hand, and riders from <strong>150 to 198 cm</strong> find their place. Press the knob on the frame to stop the flywheel at once.</p>',
        '<ul><li>Floor space: 122 × 56 cm</li><li>Two wheels on the front foot: tip the bike and roll it away</li><li>Assembly: 40 minutes, tools included</li></ul>',
      ),
      ko: html(
        '<p>커버로 감싼 벨트가 9kg 플라이휠을 돌리고, 자석이 닿지 않은 채 저항을 만듭니다. 저항은 32단계이며 마모되는 부품이 없고, 빠르게 페달을 밟아도 소음은 52dB입니다. 15.6인치 화면은 안장에서도 매트 위에서도 보이도록 각도를 바꿀 수 있고 파워, 케이던스, 심박수를 보여 줍니다. 파워 오차는 ±2%입니다.</p>',
        '<p>안장과 핸들바는 브러시드 스틸 포스트를 따라 위아래, 앞뒤로 움직입니다. 라임색 노브를 손으로 돌려 고정하며 <strong>키 150~198cm</strong>까지 맞출 수 있습니다. 프레임의 노브를 누르면 플라이휠이 바로 멈춥니다.</p>',
        '<ul><li>설치 면적: 122 × 56cm</li><li>앞쪽 받침의 바퀴 2개로 기울여서 이동</li><li>조립: 약 40분, 공구 포함</li></ul>',
      ),
      uz: html(
        '<p>Gʻilof ostidagi tasma 9 kg li maxovikni aylantiradi, magnitlar esa unga tegmasdan qarshilik hosil qiladi: 32 daraja, yeyiladigan qism yoʻq, tez aylantirganda ham shovqin 52 dB. 15,6 dyuymli ekranni egarda oʻtirganda ham, gilamchada mashq qilganda ham koʻrinadigan qilib burish mumkin. Unda quvvat, pedal aylantirish surʼati va puls koʻrinadi; quvvat oʻlchovining xatosi ±2%.</p>',
        '<p>Egar va rul silliqlangan poʻlat ustunlarda yuqoriga-pastga va oldinga-orqaga suriladi. Laym rangli dastaklar qoʻlda qotiriladi, <strong>boʻyi 150–198 sm</strong> boʻlganlarga mos keladi. Ramadagi dastak bosilsa, maxovik darhol toʻxtaydi.</p>',
        '<ul><li>Egallaydigan joyi: 122 × 56 sm</li><li>Old tayanchida ikkita gʻildirak bor: qiyalatib, gʻildiratib olib ketasiz</li><li>Yigʻish: 40 daqiqacha, asboblar toʻplamda</li></ul>',
      ),
    },
    specifications: [
      { attribute: 'flywheel-weight', number: 9 },
      { attribute: 'resistance-levels', number: 32 },
      { attribute: 'screen-size', number: 15.6 },
      { attribute: 'noise-level', number: 52 },
      { attribute: 'max-user-weight', number: 150 },
      { attribute: 'weight', number: 54 },
      { attribute: 'app', flag: true },
      { attribute: 'warranty-years', number: 3 },
      taiwan,
    ],
    options: [colour(graphite, chalk)],
    variants: [
      {
        sku: 'TRN-CADENCE-GR',
        values: { colour: 'graphite' },
        prices: { USD: 1290, KRW: 1_690_000, UZS: 16_100_000 },
        stock: 22,
        weightGrams: 63_000,
        image: 'indoor-smart-bike-1',
      },
      {
        sku: 'TRN-CADENCE-CH',
        values: { colour: 'chalk' },
        prices: { USD: 1290, KRW: 1_690_000, UZS: 16_100_000 },
        stock: 11,
        weightGrams: 63_000,
      },
    ],
    images: [
      {
        file: 'indoor-smart-bike-1',
        alt: {
          en: 'Indoor smart bike with covered belt drive, heavy flywheel and a tilting display',
          ko: '커버를 씌운 벨트 구동부와 묵직한 플라이휠, 각도 조절 화면을 갖춘 스마트 실내 자전거',
          uz: 'Tasmasi gʻilof bilan yopilgan, ogʻir maxovikli va ekrani buriladigan aqlli velotrenajor',
        },
      },
      {
        file: 'indoor-smart-bike-2',
        alt: {
          en: 'Close-up of the bike drive: crank, belt cover with a light ring, and flywheel',
          ko: '크랭크, 빛나는 링이 있는 벨트 커버, 플라이휠이 보이는 실내 자전거 구동부',
          uz: 'Velotrenajorning uzatmasi yaqindan: pedal richagi, yorugʻlik halqali tasma gʻilofi va maxovik',
        },
      },
    ],
    listedDaysAgo: 33,
  },
  {
    slug: { en: 'wake-rowing-machine', ko: '웨이크-로잉머신', uz: 'wake-eshkak-eshish-trenajori' },
    brand: 'trainium',
    category: 'cardio',
    name: { en: 'Wake Rowing Machine', ko: '웨이크 로잉머신', uz: 'Wake eshkak eshish trenajori' },
    summary: {
      en: 'An air rower on an aluminium rail: ten damper settings, and your 500 m split on a 13.3″ display.',
      ko: '알루미늄 레일 위에서 젓는 공기 저항 로잉머신. 댐퍼 10단계, 13.3인치 화면에 500m 페이스를 표시합니다.',
      uz: 'Alyuminiy relsli, havo qarshilikli trenajor: oʻnta daraja va 500 m vaqtini koʻrsatadigan 13,3 dyuymli ekran.',
    },
    description: {
      en: html(
        '<p>The vented flywheel answers the way water does: the harder you pull, the more it holds. Ten damper settings choose between a light shell and a heavy boat. The 13.3″ display on its arm shows the split for 500 m (1:52 in the picture), stroke rate, distance and heart rate.</p>',
        '<p>The seat rolls on an aluminium rail with room for rowers up to 205 cm. Foot plates with quick-release straps fit shoes from EU 35 to 50. The seat stands 36 cm above the floor.</p>',
        '<ul><li>In use 244 × 61 cm; parts into two pieces without tools</li><li>Wheels on the front foot</li><li>Packed in two boxes, 52 kg together</li></ul>',
      ),
      ko: html(
        '<p>통풍구가 있는 플라이휠은 물처럼 반응합니다. 세게 당길수록 저항도 커집니다. 댐퍼 10단계로 가벼운 경기정부터 무거운 보트까지 느낌을 바꿀 수 있습니다. 암에 달린 13.3인치 화면에는 500m 페이스(사진은 1분 52초), 분당 스트로크, 거리, 심박수가 표시됩니다.</p>',
        '<p>시트는 알루미늄 레일을 따라 부드럽게 움직이며, 키 205cm까지 다리를 다 펼 수 있습니다. 발판은 원터치 스트랩식으로, 신발 사이즈 225~320mm에 맞습니다. 시트 높이는 바닥에서 36cm입니다.</p>',
        '<ul><li>사용 시 244 × 61cm, 공구 없이 둘로 분리해 보관</li><li>앞쪽 받침에 이동용 바퀴</li><li>두 상자로 포장, 총 52kg</li></ul>',
      ),
      uz: html(
        '<p>Havo tirqishli maxovik suvdek javob beradi: qancha kuchli tortsangiz, qarshilik shuncha ortadi. Havo zaslonkasining oʻnta holati bor: yengil poyga qayigʻidan ogʻir qayiqqacha boʻlgan zoʻriqishni tanlaysiz. Ustunga oʻrnatilgan 13,3 dyuymli ekranda 500 metrga ketadigan vaqt (suratda 1:52), eshish surʼati, masofa va puls koʻrinadi.</p>',
        '<p>Oʻrindiq alyuminiy rels ustida yuradi, boʻyi 205 sm gacha boʻlganlarga joy yetarli. Oyoq tayanchlari tez yechiladigan tasmali, 35–50 oʻlchamli poyabzalga mos. Oʻrindiq poldan 36 sm balandda.</p>',
        '<ul><li>Ish holatida 244 × 61 sm; asbobsiz ikki qismga ajraladi</li><li>Old tayanchida gʻildiraklari bor</li><li>Ikki qutida keladi, jami 52 kg</li></ul>',
      ),
    },
    specifications: [
      { attribute: 'resistance-levels', number: 10 },
      { attribute: 'screen-size', number: 13.3 },
      { attribute: 'length', number: 244 },
      { attribute: 'width', number: 61 },
      { attribute: 'max-user-weight', number: 160 },
      { attribute: 'weight', number: 44 },
      { attribute: 'app', flag: true },
      { attribute: 'warranty-years', number: 3 },
      korea,
    ],
    options: [],
    variants: [
      {
        sku: 'TRN-WAKE',
        values: {},
        prices: { USD: 1090, KRW: 1_450_000, UZS: 13_600_000 },
        stock: 27,
        weightGrams: 52_000,
        image: 'rowing-machine-1',
      },
    ],
    images: [
      {
        file: 'rowing-machine-1',
        alt: {
          en: 'Rowing machine with aluminium rail, sliding seat, air flywheel and display on an arm',
          ko: '알루미늄 레일과 움직이는 시트, 공기 저항 플라이휠, 암에 달린 화면을 갖춘 로잉머신',
          uz: 'Alyuminiy relsli, suriladigan oʻrindiqli, havo maxovikli va ustunda ekrani bor eshkak eshish trenajori',
        },
      },
      {
        file: 'rowing-machine-2',
        alt: {
          en: 'Close-up of the rower: vented flywheel with a light ring, foot plates, handle and display',
          ko: '빛나는 링이 둘린 플라이휠과 발판, 핸들, 화면이 보이는 로잉머신 앞부분',
          uz: 'Eshkak eshish trenajori yaqindan: yorugʻlik halqali maxovik, oyoq tayanchlari, dasta va ekran',
        },
      },
    ],
    listedDaysAgo: 48,
  },
  {
    slug: {
      en: 'angle-adjustable-bench',
      ko: '앵글-각도조절-벤치',
      uz: 'angle-sozlanadigan-skameykasi',
    },
    brand: 'forge',
    category: 'strength',
    name: {
      en: 'Angle Adjustable Bench',
      ko: '앵글 각도조절 벤치',
      uz: 'Angle sozlanadigan skameykasi',
    },
    summary: {
      en: 'A 26 kg bench with seven back angles on a steel ladder, leg rollers and wheels; it carries 320 kg.',
      ko: '등받이 각도 7단계, 다리 고정 롤러와 이동 바퀴를 갖춘 벤치. 최대 320kg까지 견딥니다.',
      uz: 'Suyanchigʻi yetti holatli, oyoq roliklari va gʻildiragi bor 26 kg li skameyka; 320 kg ni koʻtaradi.',
    },
    description: {
      en: html(
        '<p>The back pad drops into a steel ladder with <strong>seven angles, from flat to 80°</strong>. You lift it, move it, let it sit: no pin to lose. The seat tilts by a pull knob with a lime line, so you do not slide forward on an incline press.</p>',
        '<p>Pads are 6 cm firm foam under a stitched, wipe-clean cover with lime piping. The foam rollers at the foot end hold your legs for sit-ups. The frame is 60 × 60 mm steel and carries 320 kg, lifter and weights together.</p>',
        '<p>Lift the handle at the back end and the bench rolls on two wheels. Assembly takes about 25 minutes.</p>',
      ),
      ko: html(
        '<p>등받이는 스틸 래더에 걸어 <strong>평평한 상태에서 80°까지 7단계</strong>로 조절합니다. 들어서 옮기고 내려놓으면 끝이라 잃어버릴 핀이 없습니다. 시트는 라임색 선이 있는 노브를 당겨 기울이므로 인클라인 프레스를 할 때 몸이 앞으로 밀리지 않습니다.</p>',
        '<p>6cm 두께의 단단한 쿠션에 물걸레로 닦을 수 있는 커버를 박음질하고 라임색 파이핑을 둘렀습니다. 발쪽의 폼 롤러는 윗몸일으키기를 할 때 다리를 잡아 줍니다. 60 × 60mm 스틸 프레임이 사용자와 중량을 합해 320kg까지 견딥니다.</p>',
        '<p>뒤쪽 손잡이를 들면 바퀴 2개로 굴려서 옮길 수 있습니다. 조립 시간은 약 25분입니다.</p>',
      ),
      uz: html(
        '<p>Suyanchiq poʻlat tishli reykaga tushadi: <strong>yotiq holatdan 80° gacha yettita burchak</strong>. Koʻtarasiz, surasiz, qoʻyasiz — yoʻqolib qoladigan shtifti yoʻq. Oʻrindigʻi laym chiziqli dastakni tortib qiyalatiladi, shuning uchun qiya holatda shtanga koʻtarganda oldinga sirgʻanib ketmaysiz.</p>',
        '<p>Yostiqlari 6 sm li zich porolondan, ustidagi qoplamasi choklab tikilgan, laym rangli hoshiyali va nam latta bilan artiladi. Oyoq tomondagi yumshoq roliklar press mashqida oyoqni ushlab turadi. 60 × 60 mm li poʻlat rama sportchi va shtangani birga hisoblaganda 320 kg ni koʻtaradi.</p>',
        '<p>Orqa tomondagi dastadan koʻtarsangiz, skameyka ikkita gʻildirakda yuradi. Yigʻish 25 daqiqacha vaqt oladi.</p>',
      ),
    },
    specifications: [
      { attribute: 'max-load', number: 320 },
      { attribute: 'weight', number: 26 },
      { attribute: 'length', number: 138 },
      { attribute: 'width', number: 58 },
      {
        attribute: 'material',
        text: {
          en: 'Powder-coated steel, foam, synthetic leather',
          ko: '분체 도장 스틸, 폼, 인조 가죽',
          uz: 'Kukun boʻyoq bilan qoplangan poʻlat, porolon, sunʼiy charm',
        },
      },
      { attribute: 'warranty-years', number: 5 },
      china,
    ],
    options: [
      {
        ...colour(graphite, chalk),
        name: { en: 'Pad colour', ko: '패드 색상', uz: 'Yostiq rangi' },
      },
    ],
    variants: [
      {
        sku: 'FRG-ANGLE-GR',
        values: { colour: 'graphite' },
        prices: { USD: 259, KRW: 349_000, UZS: 3_240_000 },
        compareAt: { USD: 289, KRW: 389_000, UZS: 3_610_000 },
        stock: 38,
        weightGrams: 29_500,
        image: 'adjustable-bench-1',
      },
      {
        sku: 'FRG-ANGLE-CH',
        values: { colour: 'chalk' },
        prices: { USD: 289, KRW: 389_000, UZS: 3_610_000 },
        stock: 14,
        weightGrams: 29_500,
      },
    ],
    images: [
      {
        file: 'adjustable-bench-1',
        alt: {
          en: 'Adjustable weight bench with raised back pad, lime piping, leg rollers and ladder adjustment',
          ko: '등받이를 세운 각도조절 벤치. 라임색 파이핑, 다리 고정 롤러, 래더식 조절부가 보임',
          uz: 'Suyanchigʻi koʻtarilgan sozlanadigan skameyka: laym rangli hoshiya, oyoq roliklari va tishli reyka',
        },
      },
      {
        file: 'adjustable-bench-2',
        alt: {
          en: 'Close-up of the bench joint: stitched pads with lime piping and the steel adjustment ladder',
          ko: '라임색 파이핑을 두른 박음질 패드와 스틸 래더가 보이는 벤치 연결부',
          uz: 'Skameykaning birikish joyi yaqindan: laym hoshiyali choklangan yostiqlar va poʻlat tishli reyka',
        },
      },
    ],
    listedDaysAgo: 120,
  },
  {
    slug: { en: 'anchor-half-power-rack', ko: '앵커-하프랙', uz: 'anchor-yarim-kuch-ramasi' },
    brand: 'forge',
    category: 'strength',
    name: { en: 'Anchor Half Power Rack', ko: '앵커 하프랙', uz: 'Anchor yarim kuch ramasi' },
    summary: {
      en: 'A 216 cm steel rack with numbered holes, safety arms, pull-up bar and plate storage; rated to 400 kg.',
      ko: '번호가 새겨진 홀, 안전바, 풀업 바, 플레이트 거치봉을 갖춘 높이 216cm 하프랙. 최대 400kg.',
      uz: 'Balandligi 216 sm li poʻlat rama: raqamlangan teshiklar, xavfsizlik tutqichlari, turnik; 400 kg gacha.',
    },
    description: {
      en: html(
        '<p>Four uprights of 60 × 60 mm steel, 3 mm thick, stand on a wide foot that needs no bolts in the floor. Every hole has its number, so both J-hooks go to the same height at the first try. Lime liners keep the knurling of the bar from the steel.</p>',
        '<p>Two <strong>safety arms</strong> reach 50 cm to the front and catch the bar when you cannot. On top runs a knurled pull-up bar; on the rear uprights four pegs hold the plates and add weight to the foot.</p>',
        '<h3>Choose your set</h3>',
        '<ul><li><strong>Rack:</strong> two J-hooks, two safety arms, pull-up bar, four storage pegs</li><li><strong>Rack with barbell:</strong> the same, with the 120 kg Apex Olympic Barbell Set</li></ul>',
        '<p>Floor space 124 × 135 cm; allow 230 cm of ceiling and 2 hours for assembly by two people.</p>',
      ),
      ko: html(
        '<p>60 × 60mm, 두께 3mm 스틸 기둥 4개가 넓은 받침 위에 서 있어 바닥에 앵커를 박지 않아도 됩니다. 홀마다 번호가 있어 좌우 J훅의 높이를 한 번에 맞출 수 있고, 라임색 라이너가 바벨의 널링을 보호합니다.</p>',
        '<p>앞으로 50cm 뻗은 <strong>안전바</strong> 2개가 놓친 바벨을 받아 줍니다. 위에는 널링 처리된 풀업 바가, 뒤쪽 기둥에는 플레이트 거치봉 4개가 있어 보관과 동시에 무게 중심을 잡아 줍니다.</p>',
        '<h3>구성 선택</h3>',
        '<ul><li><strong>랙 단품:</strong> J훅 2개, 안전바 2개, 풀업 바, 거치봉 4개</li><li><strong>랙 + 바벨:</strong> 단품 구성에 에이펙스 올림픽 바벨 세트 120kg 포함</li></ul>',
        '<p>설치 면적은 124 × 135cm입니다. 천장 높이 230cm 이상이 필요하며, 두 사람이 조립하면 약 2시간 걸립니다.</p>',
      ),
      uz: html(
        '<p>Qalinligi 3 mm li, 60 × 60 mm poʻlatdan yasalgan toʻrtta ustun keng asosda turadi: polga qotirish shart emas. Har bir teshik raqamlangan, shu bois ikkala ilgakni bir xil balandlikka birinchi urinishdayoq oʻrnatasiz. Laym rangli qistirmalar shtanga grifining tishli naqshini asraydi.</p>',
        '<p>Oldinga 50 sm chiqib turgan ikkita <strong>xavfsizlik tutqichi</strong> koʻtara olmagan shtangangizni ushlab qoladi. Tepasida tishli naqshli turnik bor; orqa ustunlardagi toʻrtta shtirga disklar terib qoʻyiladi va ular ramani yanada turgʻun qiladi.</p>',
        '<h3>Toʻplamni tanlang</h3>',
        '<ul><li><strong>Rama:</strong> ikkita ilgak, ikkita xavfsizlik tutqichi, turnik, disklar uchun toʻrtta shtir</li><li><strong>Rama va shtanga:</strong> shularning ustiga 120 kg li Apex olimpiya shtangasi toʻplami</li></ul>',
        '<p>Egallaydigan joyi 124 × 135 sm. Shift kamida 230 sm balandlikda boʻlsin; ikki kishi ikki soatda yigʻadi.</p>',
      ),
    },
    specifications: [
      { attribute: 'max-load', number: 400 },
      { attribute: 'height', number: 216 },
      { attribute: 'width', number: 124 },
      { attribute: 'length', number: 135 },
      { attribute: 'weight', number: 92 },
      {
        attribute: 'material',
        text: {
          en: 'Powder-coated steel, 60 × 60 × 3 mm',
          ko: '분체 도장 스틸, 60 × 60 × 3mm',
          uz: 'Kukun boʻyoq bilan qoplangan poʻlat, 60 × 60 × 3 mm',
        },
      },
      { attribute: 'warranty-years', number: 10 },
      korea,
    ],
    options: [
      {
        code: 'set',
        name: { en: 'Set', ko: '구성', uz: 'Toʻplam' },
        values: [
          { code: 'rack', label: { en: 'Rack', ko: '랙 단품', uz: 'Rama' } },
          {
            code: 'rack-barbell',
            label: { en: 'Rack with 120 kg barbell', ko: '랙 + 120kg 바벨', uz: 'Rama va 120 kg li shtanga' },
          },
        ],
      },
    ],
    variants: [
      {
        sku: 'FRG-ANCHOR-RACK',
        values: { set: 'rack' },
        prices: { USD: 749, KRW: 990_000, UZS: 9_360_000 },
        stock: 13,
        weightGrams: 101_000,
      },
      {
        sku: 'FRG-ANCHOR-SET120',
        values: { set: 'rack-barbell' },
        prices: { USD: 1249, KRW: 1_659_000, UZS: 15_600_000 },
        stock: 3,
        weightGrams: 225_500,
        image: 'half-power-rack-1',
      },
    ],
    images: [
      {
        file: 'half-power-rack-1',
        alt: {
          en: 'Half power rack with a loaded barbell in the hooks, safety arms, pull-up bar and plate storage',
          ko: '플레이트를 끼운 바벨이 J훅에 걸린 하프랙. 안전바와 풀업 바, 플레이트 거치봉이 보임',
          uz: 'Ilgaklarida disk terilgan shtanga turgan yarim kuch ramasi: xavfsizlik tutqichlari, turnik va disklar uchun shtirlar',
        },
      },
      {
        file: 'half-power-rack-2',
        alt: {
          en: 'Close-up of the rack upright: numbered holes, J-hook with lime liner, barbell and bumper plates',
          ko: '번호가 매겨진 홀, 라임색 라이너를 댄 J훅, 바벨과 범퍼 플레이트가 보이는 랙 기둥',
          uz: 'Rama ustuni yaqindan: raqamlangan teshiklar, laym qistirmali ilgak, shtanga va rezina disklar',
        },
      },
    ],
    listedDaysAgo: 155,
  },
  {
    slug: {
      en: 'apex-olympic-barbell-set',
      ko: '에이펙스-올림픽-바벨-세트',
      uz: 'apex-olimpiya-shtangasi-toplami',
    },
    brand: 'forge',
    category: 'free-weights',
    name: {
      en: 'Apex Olympic Barbell Set',
      ko: '에이펙스 올림픽 바벨 세트',
      uz: 'Apex olimpiya shtangasi toʻplami',
    },
    summary: {
      en: 'A 20 kg Olympic bar with bumper plates you may drop, in sets of 70, 120 or 160 kg.',
      ko: '20kg 올림픽 바와 바닥에 떨어뜨려도 되는 범퍼 플레이트. 70, 120, 160kg 세트 중에서 고릅니다.',
      uz: '20 kg li olimpiya grifi va yerga tashlasa boʻladigan rezina disklar: 70, 120 yoki 160 kg li toʻplam.',
    },
    description: {
      en: html(
        '<p>The bar weighs 20 kg, is 220 cm long and 28 mm thick in the grip, and is rated to 450 kg. Sleeves turn on needle bearings, so the plates do not pull at your wrists in a clean. Knurling is medium, with two marks to find your grip.</p>',
        '<p>All bumper plates are 45 cm across, black and grey rubber on a steel hub, with the weight in large figures and a lime ring. They may be dropped from overhead on a rubber floor. Two locking collars come with every set.</p>',
        '<ul><li><strong>70 kg:</strong> bar, 2 × 10 kg, 2 × 15 kg</li><li><strong>120 kg:</strong> bar, 2 × 10 kg, 2 × 15 kg, 2 × 25 kg</li><li><strong>160 kg:</strong> bar, 2 × 10 kg, 2 × 15 kg, 2 × 20 kg, 2 × 25 kg</li></ul>',
      ),
      ko: html(
        '<p>바는 무게 20kg, 길이 220cm, 그립 굵기 28mm이며 450kg까지 견딥니다. 슬리브가 니들 베어링으로 회전해 클린 동작에서 플레이트가 손목을 비틀지 않습니다. 널링은 중간 거칠기이고, 그립 위치를 잡아 주는 표시가 두 곳 있습니다.</p>',
        '<p>범퍼 플레이트는 모두 지름 45cm입니다. 스틸 허브에 검은색·회색 고무를 씌우고 큰 숫자로 무게를 표시했으며 라임색 링을 둘렀습니다. 고무 바닥이라면 머리 위에서 떨어뜨려도 괜찮습니다. 모든 세트에 잠금 칼라 2개가 들어 있습니다.</p>',
        '<ul><li><strong>70kg:</strong> 바, 10kg 2장, 15kg 2장</li><li><strong>120kg:</strong> 바, 10kg 2장, 15kg 2장, 25kg 2장</li><li><strong>160kg:</strong> 바, 10kg 2장, 15kg 2장, 20kg 2장, 25kg 2장</li></ul>',
      ),
      uz: html(
        '<p>Grifning ogʻirligi 20 kg, uzunligi 220 sm, ushlanadigan joyining yoʻgʻonligi 28 mm, u 450 kg gacha yukni koʻtaradi. Uchidagi vtulkalar ignali podshipnikda aylanadi, shuning uchun shtangani koʻkrakka olganda disklar bilakni burab yubormaydi. Tishli naqshi oʻrtacha, qoʻl oʻrnini topish uchun ikkita belgisi bor.</p>',
        '<p>Barcha disklarning diametri 45 sm: poʻlat gupchakka qora va kulrang rezina qoplangan, ogʻirligi yirik raqamda yozilgan, laym rangli halqasi bor. Rezina polga bosh ustidan tashlash mumkin. Har bir toʻplamga ikkita qulf qoʻshib beriladi.</p>',
        '<ul><li><strong>70 kg:</strong> grif, 2 × 10 kg, 2 × 15 kg</li><li><strong>120 kg:</strong> grif, 2 × 10 kg, 2 × 15 kg, 2 × 25 kg</li><li><strong>160 kg:</strong> grif, 2 × 10 kg, 2 × 15 kg, 2 × 20 kg, 2 × 25 kg</li></ul>',
      ),
    },
    specifications: [
      { attribute: 'length', number: 220 },
      { attribute: 'diameter', number: 45 },
      { attribute: 'max-load', number: 450 },
      {
        attribute: 'material',
        text: {
          en: 'Bar: chromed spring steel; plates: rubber, steel hub',
          ko: '바: 크롬 도금 스프링강 / 플레이트: 고무, 스틸 허브',
          uz: 'Grif: xromlangan prujina poʻlati; disklar: rezina, poʻlat gupchak',
        },
      },
      { attribute: 'warranty-years', number: 5 },
      china,
    ],
    options: [
      {
        code: 'weight',
        name: { en: 'Total weight', ko: '총 중량', uz: 'Umumiy ogʻirlik' },
        values: [
          { code: '70kg', label: { en: '70 kg', ko: '70kg', uz: '70 kg' } },
          { code: '120kg', label: { en: '120 kg', ko: '120kg', uz: '120 kg' } },
          { code: '160kg', label: { en: '160 kg', ko: '160kg', uz: '160 kg' } },
        ],
      },
    ],
    variants: [
      {
        sku: 'FRG-APEX-070',
        values: { weight: '70kg' },
        prices: { USD: 369, KRW: 495_000, UZS: 4_610_000 },
        stock: 29,
        weightGrams: 73_500,
      },
      {
        sku: 'FRG-APEX-120',
        values: { weight: '120kg' },
        prices: { USD: 559, KRW: 749_000, UZS: 6_990_000 },
        stock: 21,
        weightGrams: 124_500,
        image: 'olympic-barbell-bumper-plates-1',
      },
      {
        sku: 'FRG-APEX-160',
        values: { weight: '160kg' },
        prices: { USD: 719, KRW: 969_000, UZS: 8_990_000 },
        compareAt: { USD: 799, KRW: 1_079_000, UZS: 9_990_000 },
        stock: 10,
        weightGrams: 165_500,
      },
    ],
    images: [
      {
        file: 'olympic-barbell-bumper-plates-1',
        alt: {
          en: 'Olympic barbell loaded with black and grey bumper plates with lime rings',
          ko: '라임색 링을 두른 검은색·회색 범퍼 플레이트를 끼운 올림픽 바벨',
          uz: 'Laym rangli halqali qora va kulrang rezina disklar oʻrnatilgan olimpiya shtangasi',
        },
      },
      {
        file: 'olympic-barbell-bumper-plates-2',
        alt: {
          en: 'Close-up of the bumper plates, locking collar and polished barbell sleeve',
          ko: '범퍼 플레이트와 잠금 칼라, 광택 나는 바벨 슬리브를 가까이에서 본 모습',
          uz: 'Rezina disklar, qulf va shtanganing silliqlangan vtulkasi yaqindan',
        },
      },
    ],
    listedDaysAgo: 140,
  },
  {
    slug: {
      en: 'vector-smart-cable-machine',
      ko: '벡터-스마트-케이블-머신',
      uz: 'vector-aqlli-blokli-trenajori',
    },
    brand: 'trainium',
    category: 'smart-training',
    name: {
      en: 'Vector Smart Cable Machine',
      ko: '벡터 스마트 케이블 머신',
      uz: 'Vector aqlli blokli trenajori',
    },
    summary: {
      en: 'Up to 100 kg of digital weight on two swivelling arms, set in half-kilo steps on a 32″ display.',
      ko: '회전하는 암 2개에 최대 100kg의 디지털 중량을 0.5kg 단위로 거는 케이블 머신입니다.',
      uz: 'Ikkita buriladigan richagda 100 kg gacha raqamli yuklama: 32 dyuymli ekranda 0,5 kg qadam bilan sozlanadi.',
    },
    description: {
      en: html(
        '<p>Two motors replace the stack of plates: <strong>2 to 100 kg in steps of 0.5 kg</strong>, up to 50 kg an arm. Turn the weight up on the 32″ portrait display; 42 in the ring is 42 kg in your hands. If a repetition stalls, the machine lowers the weight by itself.</p>',
        '<p>The arms slide on aluminium rails, lock at twelve heights and swivel through 180°, for presses, rows, pulldowns, curls and chops. Each cable runs out 240 cm. The display records every repetition, shows its speed as a bar and plans the next session in the Trainium app.</p>',
        '<h3>Space and delivery</h3>',
        '<ul><li>Stands freely on a rubber platform of 118 × 90 cm; no holes in the wall</li><li>Height 182 cm, weight 126 kg; leave 2 × 2 m to train</li><li>Comes in three boxes; two people assemble it in 90 minutes</li></ul>',
      ),
      ko: html(
        '<p>중량 블록 대신 모터 두 개가 저항을 만듭니다. <strong>2kg에서 100kg까지 0.5kg 단위</strong>, 한쪽 암당 최대 50kg입니다. 32인치 세로 화면에서 중량을 맞추면 되고, 링 안의 42는 손에 걸리는 42kg을 뜻합니다. 동작이 도중에 멈추면 기구가 스스로 중량을 낮춥니다.</p>',
        '<p>암은 알루미늄 레일을 따라 12단계 높이로 고정되고 180°로 회전합니다. 프레스, 로우, 풀다운, 컬, 우드찹을 한 대로 할 수 있습니다. 케이블은 양쪽 모두 240cm까지 나옵니다. 매회 속도가 막대로 기록되고, 다음 운동 계획은 Trainium 앱에서 이어집니다.</p>',
        '<h3>설치와 배송</h3>',
        '<ul><li>118 × 90cm 고무 플랫폼 위에 세우는 스탠드형, 벽 타공 불필요</li><li>높이 182cm, 무게 126kg, 운동 공간 2 × 2m 확보</li><li>세 상자로 배송, 두 사람이 조립하면 약 90분</li></ul>',
      ),
      uz: html(
        '<p>Temir plitalar oʻrniga ikkita dvigatel ishlaydi: <strong>2 kg dan 100 kg gacha, 0,5 kg qadam bilan</strong>, har bir richagda 50 kg gacha. Yuklamani 32 dyuymli tik ekranda belgilaysiz: halqadagi 42 soni qoʻlingizdagi 42 kg demakdir. Harakat yarim yoʻlda toʻxtab qolsa, trenajor yuklamani oʻzi kamaytiradi.</p>',
        '<p>Richaglari alyuminiy relsda siljiydi, oʻn ikki xil balandlikda qotiriladi va 180° ga buriladi: koʻkrakdan itarish, tortish, yuqoridan tortish, bitseps va burilish mashqlarini bitta trenajorda bajarasiz. Har bir tros 240 sm gacha chiqadi. Ekran har bir takrorni yozib, tezligini ustuncha bilan koʻrsatadi, keyingi mashgʻulot rejasi esa Trainium ilovasida tuziladi.</p>',
        '<h3>Joy va yetkazib berish</h3>',
        '<ul><li>118 × 90 sm li rezina platformada oʻzi turadi, devorni teshish kerak emas</li><li>Balandligi 182 sm, ogʻirligi 126 kg; mashq uchun 2 × 2 m joy qoldiring</li><li>Uchta qutida keladi, ikki kishi 90 daqiqada yigʻadi</li></ul>',
      ),
    },
    specifications: [
      { attribute: 'max-load', number: 100 },
      { attribute: 'load-step', number: 0.5 },
      { attribute: 'cable-length', number: 240 },
      { attribute: 'screen-size', number: 32 },
      { attribute: 'height', number: 182 },
      { attribute: 'weight', number: 126 },
      { attribute: 'app', flag: true },
      { attribute: 'warranty-years', number: 3 },
      korea,
    ],
    options: [colour(graphite, chalk)],
    variants: [
      {
        sku: 'TRN-VECTOR-GR',
        values: { colour: 'graphite' },
        prices: { USD: 3490, KRW: 4_690_000, UZS: 43_600_000 },
        stock: 8,
        weightGrams: 144_000,
        image: 'smart-cable-machine-1',
      },
      {
        sku: 'TRN-VECTOR-CH',
        values: { colour: 'chalk' },
        prices: { USD: 3490, KRW: 4_690_000, UZS: 43_600_000 },
        stock: 2,
        weightGrams: 144_000,
      },
    ],
    images: [
      {
        file: 'smart-cable-machine-1',
        alt: {
          en: 'Free-standing smart cable machine with portrait display, two swivelling arms and a rubber platform',
          ko: '세로 화면과 회전하는 암 두 개, 고무 플랫폼을 갖춘 스탠드형 스마트 케이블 머신',
          uz: 'Tik ekranli, ikkita buriladigan richagli va rezina platformali, polda turadigan aqlli blokli trenajor',
        },
      },
      {
        file: 'smart-cable-machine-2',
        alt: {
          en: 'Close-up of the cable machine display showing 42 kg of digital weight, with an arm and handle beside it',
          ko: '디지털 중량 42kg을 표시한 케이블 머신 화면과 그 옆의 암, 손잡이',
          uz: 'Blokli trenajorning 42 kg raqamli yuklamani koʻrsatayotgan ekrani, yonida richag va tutqich',
        },
      },
    ],
    listedDaysAgo: 6,
  },
  {
    slug: {
      en: 'reflect-smart-fitness-mirror',
      ko: '리플렉트-스마트-미러',
      uz: 'reflect-aqlli-fitnes-kozgusi',
    },
    brand: 'trainium',
    category: 'smart-training',
    name: {
      en: 'Reflect Smart Fitness Mirror',
      ko: '리플렉트 스마트 미러',
      uz: 'Reflect aqlli fitnes koʻzgusi',
    },
    summary: {
      en: 'A full-length mirror with a 43″ display behind the glass: see your form, heart rate and repetitions.',
      ko: '거울 안쪽 43인치 화면으로 자세와 심박수, 반복 횟수를 함께 보는 전신 스마트 미러입니다.',
      uz: 'Oynasi ortida 43 dyuymli ekrani bor koʻzgu: harakatingizni, pulsni va takrorlar sonini birga koʻrasiz.',
    },
    description: {
      en: html(
        '<p>Switched off, it is a mirror 178 cm high. Switched on, a 43″ display behind the glass shows the trainer beside your reflection, with the activity rings, the pulse curve and the count of the set. In the picture: 142 beats a minute, 72% of the daily plan, 18 repetitions.</p>',
        '<p>The camera in the upper edge compares your joints with the exercise and says one thing at a time: lower, slower, straighter. The comparison is made in the mirror itself; <strong>no picture leaves the device</strong>, and a clip-on cover for the camera is in the box.</p>',
        '<ul><li>Floor stand: leans on nothing, foot 60 × 40 cm</li><li>Wall mount: 5 cm from the wall, four screws included</li><li>Two 10 W speakers; pairs with heart-rate sensors and headphones</li></ul>',
        '<p>The dumbbells in the picture are sold separately.</p>',
      ),
      ko: html(
        '<p>꺼 두면 높이 178cm의 거울입니다. 켜면 거울 안쪽 43인치 화면에 트레이너가 나타나 내 모습과 나란히 움직이고, 활동 링과 심박 곡선, 세트 횟수가 함께 표시됩니다. 사진 속 화면은 심박수 142, 하루 목표 72%, 반복 18회입니다.</p>',
        '<p>위쪽 테두리의 카메라가 관절 위치를 동작과 비교해 ‘더 낮게’, ‘더 천천히’, ‘허리를 곧게’처럼 한 번에 한 가지만 알려 줍니다. 분석은 기기 안에서만 이루어지며 <strong>영상은 밖으로 전송되지 않습니다</strong>. 카메라 덮개도 들어 있습니다.</p>',
        '<ul><li>스탠드형: 기대지 않고 바로 서며 받침은 60 × 40cm</li><li>벽걸이형: 벽에서 5cm, 나사 4개 포함</li><li>10W 스피커 2개, 심박계·이어폰 블루투스 연결</li></ul>',
        '<p>사진 속 덤벨은 별매입니다.</p>',
      ),
      uz: html(
        '<p>Oʻchirilganda bu balandligi 178 sm li koʻzgu. Yoqilganda oyna ortidagi 43 dyuymli ekranda murabbiy aksingiz yonida mashq koʻrsatadi, faollik halqalari, puls chizigʻi va takrorlar soni ham shu yerda turadi. Suratda: puls 142, kunlik reja 72%, 18 ta takror.</p>',
        '<p>Yuqori chetidagi kamera boʻgʻimlaringiz holatini mashq bilan solishtirib, har safar faqat bitta maslahat beradi: pastroq, sekinroq, belni tik tuting. Tahlil qurilmaning oʻzida bajariladi, <strong>tasvir hech qayerga yuborilmaydi</strong>; kamerani yopib qoʻyadigan qopqoq toʻplamda bor.</p>',
        '<ul><li>Polga qoʻyiladigan turi: hech narsaga suyanmaydi, asosi 60 × 40 sm</li><li>Devorga osiladigan turi: devordan 5 sm, toʻrtta vint toʻplamda</li><li>Ikkita 10 Vt li karnay; pulsometr va quloqchin ulanadi</li></ul>',
        '<p>Suratdagi gantellar alohida sotiladi.</p>',
      ),
    },
    specifications: [
      { attribute: 'screen-size', number: 43 },
      { attribute: 'height', number: 178 },
      { attribute: 'width', number: 56 },
      { attribute: 'thickness', number: 38 },
      { attribute: 'weight', number: 34 },
      {
        attribute: 'connectivity',
        text: {
          en: 'Wi-Fi 6, Bluetooth 5.2',
          ko: '와이파이 6, 블루투스 5.2',
          uz: 'Wi-Fi 6, Bluetooth 5.2',
        },
      },
      { attribute: 'app', flag: true },
      { attribute: 'warranty-years', number: 2 },
      korea,
    ],
    options: [
      {
        code: 'mounting',
        name: { en: 'Mounting', ko: '설치 방식', uz: 'Oʻrnatish usuli' },
        values: [
          { code: 'stand', label: { en: 'Floor stand', ko: '스탠드형', uz: 'Polga qoʻyiladigan' } },
          { code: 'wall', label: { en: 'Wall mount', ko: '벽걸이형', uz: 'Devorga osiladigan' } },
        ],
      },
    ],
    variants: [
      {
        sku: 'TRN-REFLECT-ST',
        values: { mounting: 'stand' },
        prices: { USD: 1490, KRW: 1_990_000, UZS: 18_600_000 },
        compareAt: { USD: 1690, KRW: 2_290_000, UZS: 21_100_000 },
        stock: 12,
        weightGrams: 46_000,
        image: 'smart-fitness-mirror-1',
      },
      {
        sku: 'TRN-REFLECT-WM',
        values: { mounting: 'wall' },
        prices: { USD: 1390, KRW: 1_859_000, UZS: 17_400_000 },
        stock: 15,
        weightGrams: 41_000,
      },
    ],
    images: [
      {
        file: 'smart-fitness-mirror-1',
        alt: {
          en: 'Free-standing smart fitness mirror showing activity rings, with a pair of hex dumbbells on the floor before it',
          ko: '활동 링이 표시된 스탠드형 스마트 미러와 그 앞 바닥에 놓인 육각 덤벨 한 쌍',
          uz: 'Faollik halqalarini koʻrsatib turgan polga qoʻyiladigan aqlli fitnes koʻzgusi, oldida bir juft olti qirrali gantel',
        },
      },
      {
        file: 'smart-fitness-mirror-2',
        alt: {
          en: 'Close-up of the activity rings and pulse curve shown through the mirror glass',
          ko: '거울 유리 너머로 비치는 활동 링과 심박 곡선을 가까이에서 본 모습',
          uz: 'Oyna ortidan koʻrinib turgan faollik halqalari va puls chizigʻi yaqindan',
        },
      },
    ],
    listedDaysAgo: 9,
  },
  {
    slug: { en: 'ease-massage-gun', ko: '이즈-마사지건', uz: 'ease-massaj-pistoleti' },
    brand: 'flow',
    category: 'recovery',
    name: { en: 'Ease Massage Gun', ko: '이즈 마사지건', uz: 'Ease massaj pistoleti' },
    summary: {
      en: 'A 0.9 kg massage gun with five levels, four heads and a dock that keeps it charged.',
      ko: '세기 5단계, 헤드 4종, 세워 두면 충전되는 거치대를 갖춘 900g 마사지건입니다.',
      uz: 'Besh darajali, toʻrtta uchlikli, 0,9 kg li massaj pistoleti: tagligiga qoʻysangiz, oʻzi zaryadlanadi.',
    },
    description: {
      en: html(
        '<p>The head moves 12 mm deep, at 1,600 to 3,000 strokes a minute. The round display on the back shows the level, from 1 to 5, and the lime ring closes as the battery fills. At level 3 it makes 45 dB: you can talk over it.</p>',
        '<p>The ribbed grip is 4 cm thick and does not turn in a wet hand. Four heads change without tools: <strong>foam ball</strong> for thighs and back, flat for the chest, fork along the spine, cone for the soles. It stops by itself after 10 minutes.</p>',
        '<p>The battery runs for 4 hours and charges in 2.5 hours in the dock, over USB-C. Keep it off bones, wounds and the front of the neck.</p>',
      ),
      ko: html(
        '<p>헤드가 12mm 깊이로 분당 1,600~3,000회 움직입니다. 뒷면의 둥근 화면에 1~5단계 세기가 표시되고, 충전이 진행될수록 라임색 링이 채워집니다. 3단계 소음은 45dB로, 사용하면서 대화를 나눌 수 있는 정도입니다.</p>',
        '<p>굵기 4cm의 주름 손잡이는 젖은 손으로 잡아도 돌아가지 않습니다. 헤드 4종은 공구 없이 갈아 끼웁니다. 허벅지와 등에는 <strong>폼 볼</strong>, 가슴에는 평면, 척추 양옆에는 U자, 발바닥에는 원뿔 헤드를 쓰세요. 10분이 지나면 자동으로 멈춥니다.</p>',
        '<p>한 번 충전으로 4시간 사용하며, USB-C 거치대에서 2시간 30분이면 충전됩니다. 뼈, 상처, 목 앞쪽에는 사용하지 마세요.</p>',
      ),
      uz: html(
        '<p>Uchligi 12 mm chuqurlikda, daqiqasiga 1600–3000 marta harakatlanadi. Orqasidagi dumaloq ekranda 1 dan 5 gacha daraja koʻrinadi, zaryad toʻlgan sari laym rangli halqa ham toʻlib boradi. 3-darajada shovqini 45 dB: bemalol gaplashib oʻtirsa boʻladi.</p>',
        '<p>Yoʻgʻonligi 4 sm li qovurgʻali dastasi nam qoʻlda ham sirgʻanmaydi. Toʻrtta uchligi asbobsiz almashadi: son va orqa uchun <strong>yumshoq shar</strong>, koʻkrak uchun yassi, umurtqaning ikki yoni uchun ayrisimon, oyoq kafti uchun konussimon. 10 daqiqadan keyin oʻzi toʻxtaydi.</p>',
        '<p>Batareyasi 4 soat ishlaydi, taglikda USB-C orqali 2,5 soatda zaryadlanadi. Suyak ustiga, jarohatga va boʻyinning old tomoniga qoʻllamang.</p>',
      ),
    },
    specifications: [
      { attribute: 'weight', number: 0.9 },
      { attribute: 'noise-level', number: 45 },
      { attribute: 'battery-life', number: 4 },
      { attribute: 'charging-time', number: 2.5 },
      {
        attribute: 'power-supply',
        text: { en: 'Charging dock, USB-C', ko: '충전 거치대, USB-C', uz: 'Zaryadlash tagligi, USB-C' },
      },
      {
        attribute: 'material',
        text: {
          en: 'ABS, silicone, aluminium',
          ko: 'ABS, 실리콘, 알루미늄',
          uz: 'ABS plastik, silikon, alyuminiy',
        },
      },
      { attribute: 'warranty-years', number: 2 },
      china,
    ],
    options: [colour(graphite, chalk)],
    variants: [
      {
        sku: 'FLW-EASE-GR',
        values: { colour: 'graphite' },
        prices: { USD: 179, KRW: 239_000, UZS: 2_240_000 },
        stock: 58,
        weightGrams: 1900,
        image: 'massage-gun-1',
      },
      {
        sku: 'FLW-EASE-CH',
        values: { colour: 'chalk' },
        prices: { USD: 159, KRW: 215_000, UZS: 1_990_000 },
        compareAt: { USD: 179, KRW: 239_000, UZS: 2_240_000 },
        stock: 26,
        weightGrams: 1900,
      },
    ],
    images: [
      {
        file: 'massage-gun-1',
        alt: {
          en: 'Massage gun with foam ball head and round rear display, standing in its charging dock',
          ko: '폼 볼 헤드와 둥근 후면 화면을 갖추고 충전 거치대에 세워진 마사지건',
          uz: 'Yumshoq shar uchlikli va orqasida dumaloq ekrani bor massaj pistoleti zaryadlash tagligida',
        },
      },
      {
        file: 'massage-gun-2',
        alt: {
          en: 'Close-up of the massage gun rear display at level 3, with a lime light ring',
          ko: '3단계를 표시한 마사지건 후면 화면과 라임색으로 빛나는 링',
          uz: 'Massaj pistoletining 3-darajani koʻrsatayotgan orqa ekrani va laym rangli yorugʻlik halqasi yaqindan',
        },
      },
    ],
    listedDaysAgo: 75,
  },
  {
    slug: { en: 'orbit-sports-watch', ko: '오빗-스포츠-워치', uz: 'orbit-sport-soati' },
    brand: 'pulse',
    category: 'wearables',
    name: { en: 'Orbit Sports Watch', ko: '오빗 스포츠 워치', uz: 'Orbit sport soati' },
    summary: {
      en: 'A sports watch with wrist heart rate, dual-band GPS and twelve days between charges.',
      ko: '손목 심박 측정과 듀얼 밴드 GPS를 갖추고, 한 번 충전으로 12일 쓰는 스포츠 워치입니다.',
      uz: 'Pulsni bilakdan oʻlchaydigan, ikki chastotali GPS bilan jihozlangan soat; bir zaryadda 12 kun ishlaydi.',
    },
    description: {
      en: html(
        '<p>One look is enough: heart rate in large figures, the pulse curve below, two rings for the day. The watch reads your pulse every second in training and records the route with dual-band GPS, which stays accurate between tall buildings.</p>',
        '<p>It lasts <strong>12 days</strong> as a watch or 26 hours with GPS running. Ninety minutes on the magnetic cable fill it. The crown scrolls, the two buttons start and mark laps, so it works with gloves and in the rain. Water-resistant to 5 ATM: wear it in the pool.</p>',
        '<ul><li><strong>42 mm:</strong> 46 g with strap, wrists of 13–19 cm</li><li><strong>46 mm:</strong> 54 g with strap, wrists of 15–22 cm</li><li>Rubber strap with lime edge, aluminium case, ticked bezel</li></ul>',
        '<p>The watch is for sport and is not a medical device.</p>',
      ),
      ko: html(
        '<p>한눈에 들어옵니다. 심박수는 큰 숫자로, 그 아래에는 심박 곡선, 바깥쪽에는 하루 활동을 나타내는 링 두 개가 있습니다. 운동 중에는 심박수를 1초마다 재고, 듀얼 밴드 GPS가 고층 건물 사이에서도 경로를 정확하게 기록합니다.</p>',
        '<p>일상에서는 <strong>12일</strong>, GPS를 켜면 26시간 사용할 수 있습니다. 자석 케이블로 1시간 30분이면 충전됩니다. 크라운을 돌려 화면을 넘기고 버튼 두 개로 시작과 랩을 조작하므로 장갑을 끼거나 비가 와도 문제없습니다. 5ATM 방수로 수영장에서도 쓸 수 있습니다.</p>',
        '<ul><li><strong>42mm:</strong> 스트랩 포함 46g, 손목 둘레 13~19cm</li><li><strong>46mm:</strong> 스트랩 포함 54g, 손목 둘레 15~22cm</li><li>라임색 테두리의 러버 스트랩, 알루미늄 케이스, 눈금 베젤</li></ul>',
        '<p>운동용 제품이며 의료기기가 아닙니다.</p>',
      ),
      uz: html(
        '<p>Bir qarash kifoya: puls yirik raqamda, ostida puls chizigʻi, chetida kunlik faollikning ikkita halqasi. Mashgʻulotda soat pulsni har soniyada oʻlchaydi, ikki chastotali GPS esa baland binolar orasida ham yoʻlni aniq yozib boradi.</p>',
        '<p>Kundalik foydalanishda <strong>12 kun</strong>, GPS yoqilganda 26 soat ishlaydi. Magnitli kabel bilan bir yarim soatda zaryadlanadi. Buragichi ekranni varaqlaydi, ikkita tugma mashgʻulotni boshlaydi va davralarni belgilaydi: qoʻlqopda ham, yomgʻirda ham qulay. 5 ATM himoyasi bilan hovuzda suzish mumkin.</p>',
        '<ul><li><strong>42 mm:</strong> tasmasi bilan 46 g, bilak aylanasi 13–19 sm</li><li><strong>46 mm:</strong> tasmasi bilan 54 g, bilak aylanasi 15–22 sm</li><li>Laym hoshiyali rezina tasma, alyuminiy korpus, darajalangan gardish</li></ul>',
        '<p>Soat sport uchun moʻljallangan, tibbiy asbob emas.</p>',
      ),
    },
    specifications: [
      { attribute: 'battery-days', number: 12 },
      { attribute: 'battery-life', number: 26 },
      { attribute: 'charging-time', number: 1.5 },
      { attribute: 'thickness', number: 12.4 },
      {
        attribute: 'water-resistance',
        text: { en: '5 ATM (50 m)', ko: '5ATM(수심 50m)', uz: '5 ATM (50 m)' },
      },
      {
        attribute: 'connectivity',
        text: {
          en: 'Bluetooth 5.3, ANT+, dual-band GPS',
          ko: '블루투스 5.3, ANT+, 듀얼 밴드 GPS',
          uz: 'Bluetooth 5.3, ANT+, ikki chastotali GPS',
        },
      },
      { attribute: 'app', flag: true },
      { attribute: 'warranty-years', number: 2 },
      vietnam,
    ],
    options: [
      colour(graphite, chalk, lime),
      {
        code: 'size',
        name: { en: 'Case size', ko: '케이스 크기', uz: 'Korpus oʻlchami' },
        values: [
          { code: '42mm', label: { en: '42 mm', ko: '42mm', uz: '42 mm' } },
          { code: '46mm', label: { en: '46 mm', ko: '46mm', uz: '46 mm' } },
        ],
      },
    ],
    variants: [
      {
        sku: 'PLS-ORBIT-GR-42',
        values: { colour: 'graphite', size: '42mm' },
        prices: { USD: 279, KRW: 379_000, UZS: 3_490_000 },
        stock: 44,
        weightGrams: 310,
      },
      {
        sku: 'PLS-ORBIT-GR-46',
        values: { colour: 'graphite', size: '46mm' },
        prices: { USD: 299, KRW: 399_000, UZS: 3_740_000 },
        stock: 60,
        weightGrams: 320,
        image: 'sports-watch-1',
      },
      {
        sku: 'PLS-ORBIT-CH-42',
        values: { colour: 'chalk', size: '42mm' },
        prices: { USD: 249, KRW: 335_000, UZS: 3_110_000 },
        compareAt: { USD: 279, KRW: 379_000, UZS: 3_490_000 },
        stock: 17,
        weightGrams: 310,
      },
      {
        sku: 'PLS-ORBIT-CH-46',
        values: { colour: 'chalk', size: '46mm' },
        prices: { USD: 299, KRW: 399_000, UZS: 3_740_000 },
        stock: 23,
        weightGrams: 320,
      },
      {
        // Not sold in Uzbekistan: no price in soʻm.
        sku: 'PLS-ORBIT-LM-46',
        values: { colour: 'lime', size: '46mm' },
        prices: { USD: 309, KRW: 419_000 },
        stock: 4,
        weightGrams: 320,
      },
    ],
    images: [
      {
        file: 'sports-watch-1',
        alt: {
          en: 'Sports watch with rubber strap; the round face shows a heart rate of 128 and activity rings',
          ko: '러버 스트랩 스포츠 워치. 둥근 화면에 심박수 128과 활동 링이 표시됨',
          uz: 'Rezina tasmali sport soati; dumaloq ekranida puls 128 va faollik halqalari koʻrinib turibdi',
        },
      },
      {
        file: 'sports-watch-2',
        alt: {
          en: 'Close-up of the watch face: heart rate 128 bpm, pulse curve, ticked bezel and crown',
          ko: '심박수 128bpm과 심박 곡선, 눈금 베젤과 크라운이 보이는 워치 화면',
          uz: 'Soat ekrani yaqindan: puls 128, puls chizigʻi, darajalangan gardish va buragich',
        },
      },
    ],
    listedDaysAgo: 15,
  },
  {
    slug: { en: 'beat-chest-heart-rate-strap', ko: '비트-가슴-심박계', uz: 'beat-kokrak-pulsometri' },
    brand: 'pulse',
    category: 'wearables',
    name: { en: 'Beat Chest Heart-Rate Strap', ko: '비트 가슴 심박계', uz: 'Beat koʻkrak pulsometri' },
    summary: {
      en: 'A soft chest strap that sends your heart rate to watch, bike and phone, and weighs 46 g.',
      ko: '워치, 실내 자전거, 휴대폰으로 심박수를 보내는 46g의 부드러운 가슴 스트랩입니다.',
      uz: 'Pulsni soat, velotrenajor va telefonga yuboradigan, 46 g li yumshoq koʻkrak tasmasi.',
    },
    description: {
      en: html(
        '<p>Measured at the chest, heart rate follows a sprint beat by beat, where a wrist sensor lags. The pod sends it over Bluetooth to two devices and over ANT+ to any number: the watch, the bike and the phone show the same figure.</p>',
        '<p>The strap is soft elastic with lime stitching and two sliders. Unclip the pod and wash the strap by hand at 30 °C. The coin cell lasts <strong>400 hours</strong>, about a year at an hour a day; you change it with a coin.</p>',
        '<ul><li><strong>S–M:</strong> chest of 65–85 cm</li><li><strong>L–XL:</strong> chest of 80–110 cm</li></ul>',
      ),
      ko: html(
        '<p>가슴에서 재는 심박수는 손목 센서보다 반응이 빨라 전력 질주할 때도 박동 하나하나를 따라갑니다. 블루투스로 기기 2대, ANT+로는 대수 제한 없이 연결되어 워치와 실내 자전거, 휴대폰에 같은 숫자가 표시됩니다.</p>',
        '<p>부드러운 탄성 스트랩에 라임색 스티치를 넣었고 길이는 슬라이더 두 개로 조절합니다. 센서를 떼어 내고 스트랩만 30°C 물에 손세탁하세요. 코인 배터리는 <strong>400시간</strong>, 하루 1시간씩 약 1년 쓸 수 있고 동전으로 덮개를 열어 교체합니다.</p>',
        '<ul><li><strong>S–M:</strong> 가슴둘레 65~85cm</li><li><strong>L–XL:</strong> 가슴둘레 80~110cm</li></ul>',
      ),
      uz: html(
        '<p>Koʻkrakdan oʻlchangan puls tez yugurganda ham har bir urishni kuzatib boradi, bilakdagi datchik esa kechikadi. Qurilma Bluetooth orqali ikkita, ANT+ orqali istalgancha uskunaga ulanadi: soat, velotrenajor va telefonda bir xil raqam turadi.</p>',
        '<p>Tasmasi yumshoq va choʻziluvchan, laym rangli choki va uzunligini sozlaydigan ikkita toʻqasi bor. Datchikni yechib, tasmani 30 °C li suvda qoʻlda yuving. Tanga batareya <strong>400 soatga</strong>, kuniga bir soatdan ishlatilsa, taxminan bir yilga yetadi; uni tanga bilan ochib almashtirasiz.</p>',
        '<ul><li><strong>S–M:</strong> koʻkrak aylanasi 65–85 sm</li><li><strong>L–XL:</strong> koʻkrak aylanasi 80–110 sm</li></ul>',
      ),
    },
    specifications: [
      { attribute: 'battery-life', number: 400 },
      {
        attribute: 'power-supply',
        text: { en: 'CR2032 coin cell', ko: 'CR2032 코인 배터리', uz: 'CR2032 tanga batareya' },
      },
      {
        attribute: 'connectivity',
        text: { en: 'Bluetooth 5.2, ANT+', ko: '블루투스 5.2, ANT+', uz: 'Bluetooth 5.2, ANT+' },
      },
      { attribute: 'water-resistance', text: { en: 'IPX7', ko: 'IPX7', uz: 'IPX7' } },
      {
        attribute: 'material',
        text: {
          en: 'Polyamide, elastane; pod of polycarbonate',
          ko: '폴리아미드, 스판덱스 / 센서: 폴리카보네이트',
          uz: 'Poliamid, elastan; datchik: polikarbonat',
        },
      },
      { attribute: 'app', flag: true },
      { attribute: 'warranty-years', number: 2 },
      vietnam,
    ],
    options: [
      {
        code: 'size',
        name: { en: 'Size', ko: '사이즈', uz: 'Oʻlcham' },
        values: [
          { code: 's-m', label: { en: 'S–M (65–85 cm)', ko: 'S–M (65~85cm)', uz: 'S–M (65–85 sm)' } },
          { code: 'l-xl', label: { en: 'L–XL (80–110 cm)', ko: 'L–XL (80~110cm)', uz: 'L–XL (80–110 sm)' } },
        ],
      },
    ],
    variants: [
      {
        sku: 'PLS-BEAT-SM',
        values: { size: 's-m' },
        prices: { USD: 69.9, KRW: 94_900, UZS: 874_000 },
        stock: 0,
        weightGrams: 130,
        image: 'chest-heart-rate-strap-1',
      },
      {
        sku: 'PLS-BEAT-LX',
        values: { size: 'l-xl' },
        prices: { USD: 69.9, KRW: 94_900, UZS: 874_000 },
        stock: 0,
        weightGrams: 135,
      },
    ],
    images: [
      {
        file: 'chest-heart-rate-strap-1',
        alt: {
          en: 'Elastic chest strap with heart-rate sensor pod showing a heart and a pulse line',
          ko: '하트와 심박 곡선이 그려진 센서가 달린 탄성 가슴 스트랩',
          uz: 'Yurak va puls chizigʻi tasvirlangan datchikli choʻziluvchan koʻkrak tasmasi',
        },
      },
    ],
    listedDaysAgo: 98,
  },
  {
    slug: { en: 'gauge-smart-body-scale', ko: '게이지-스마트-체중계', uz: 'gauge-aqlli-tarozisi' },
    brand: 'pulse',
    category: 'wearables',
    name: { en: 'Gauge Smart Body Scale', ko: '게이지 스마트 체중계', uz: 'Gauge aqlli tarozisi' },
    summary: {
      en: 'Weight to 100 g and body fat in five seconds, sent to the app over Wi-Fi; carries 180 kg.',
      ko: '5초 만에 체중은 100g 단위로, 체지방률까지 재서 와이파이로 앱에 보내는 스마트 체중계입니다.',
      uz: 'Besh soniyada vaznni 100 g aniqlikda va tanadagi yogʻni oʻlchab, Wi-Fi orqali ilovaga yuboradi; 180 kg gacha.',
    },
    description: {
      en: html(
        '<p>Step on with bare feet. In five seconds the display shows your weight, 72.4 kg in the picture, with the body-fat percentage in the ring beside it. Four steel electrodes under the feet take the measurement; muscle, water and bone estimates follow in the Trainium app.</p>',
        '<p>The scale tells up to eight people apart by weight and sends results over Wi-Fi, with no phone in the room. The plate is 6 mm tempered black glass, 30 × 30 cm, with a lime line round the edge. Three AAA batteries last <strong>about nine months</strong> and are included.</p>',
        '<p>The values are for training and are not a medical diagnosis. Do not use the body-fat measurement with a pacemaker or during pregnancy.</p>',
      ),
      ko: html(
        '<p>맨발로 올라서면 5초 뒤 체중이 표시됩니다. 사진 속 화면은 72.4kg이고, 옆의 링은 체지방률입니다. 스틸 전극 4개로 측정하며 근육량, 체수분, 골량 추정값은 Trainium 앱에서 확인할 수 있습니다.</p>',
        '<p>최대 8명을 체중으로 구분하고, 휴대폰이 곁에 없어도 와이파이로 결과를 보냅니다. 상판은 30 × 30cm, 두께 6mm의 검은색 강화유리이며 테두리에 라임색 선을 둘렀습니다. AAA 건전지 3개로 <strong>약 9개월</strong> 쓸 수 있고, 건전지는 들어 있습니다.</p>',
        '<p>측정값은 운동 참고용이며 의학적 진단이 아닙니다. 심장박동기를 사용 중이거나 임신 중이라면 체지방 측정을 하지 마세요.</p>',
      ),
      uz: html(
        '<p>Yalangoyoq chiqing: besh soniyada ekranda vazningiz (suratda 72,4 kg), yonidagi halqada esa tanadagi yogʻ ulushi paydo boʻladi. Oʻlchovni oyoq ostidagi toʻrtta poʻlat elektrod bajaradi; mushak, suv va suyakning taxminiy miqdorini Trainium ilovasida koʻrasiz.</p>',
        '<p>Tarozi sakkiz kishigacha vazniga qarab ajrata oladi va natijani telefon yoningizda boʻlmasa ham Wi-Fi orqali yuboradi. Sirti 30 × 30 sm li, qalinligi 6 mm qora toblangan shisha, chetida laym rangli chizigʻi bor. Uchta AAA batareya <strong>taxminan toʻqqiz oyga</strong> yetadi va toʻplamga kiradi.</p>',
        '<p>Natijalar mashgʻulot uchun, tibbiy tashxis emas. Yurak stimulyatori bor yoki homilador boʻlsangiz, yogʻ ulushini oʻlchamang.</p>',
      ),
    },
    specifications: [
      { attribute: 'max-user-weight', number: 180 },
      { attribute: 'length', number: 30 },
      { attribute: 'width', number: 30 },
      { attribute: 'weight', number: 1.9 },
      {
        attribute: 'connectivity',
        text: {
          en: 'Wi-Fi 2.4 GHz, Bluetooth 5.0',
          ko: '와이파이 2.4GHz, 블루투스 5.0',
          uz: 'Wi-Fi 2,4 GHz, Bluetooth 5.0',
        },
      },
      {
        attribute: 'power-supply',
        text: { en: '3 × AAA battery', ko: 'AAA 건전지 3개', uz: '3 ta AAA batareya' },
      },
      { attribute: 'app', flag: true },
      { attribute: 'warranty-years', number: 2 },
      china,
    ],
    options: [],
    variants: [
      {
        sku: 'PLS-GAUGE',
        values: {},
        prices: { USD: 79.9, KRW: 107_900, UZS: 999_000 },
        compareAt: { USD: 99.9, KRW: 134_900, UZS: 1_249_000 },
        stock: 55,
        weightGrams: 2500,
        image: 'smart-body-scale-1',
      },
    ],
    images: [
      {
        file: 'smart-body-scale-1',
        alt: {
          en: 'Smart body scale with black glass, four steel electrodes and a display reading 72.4 kg',
          ko: '검은색 유리 상판과 스틸 전극 4개, 72.4kg을 표시한 화면이 있는 스마트 체중계',
          uz: 'Qora shishali, toʻrtta poʻlat elektrodli va ekranida 72,4 kg koʻrinib turgan aqlli tarozi',
        },
      },
    ],
    listedDaysAgo: 87,
  },
  {
    slug: { en: 'span-resistance-band-set', ko: '스팬-튜빙-밴드-세트', uz: 'span-espanderlar-toplami' },
    brand: 'flow',
    category: 'functional',
    name: { en: 'Span Resistance Band Set', ko: '스팬 튜빙 밴드 세트', uz: 'Span espanderlar toʻplami' },
    summary: {
      en: 'Five tubes, two handles and a door anchor in one bag: clip them together for up to 50 or 70 kg.',
      ko: '튜브 5개와 손잡이 2개, 도어 앵커 구성. 함께 걸면 최대 50kg 또는 70kg까지 당길 수 있습니다.',
      uz: 'Beshta rezina naycha, ikkita tutqich va eshik mahkamlagichi: birga ulansa, 50 yoki 70 kg gacha.',
    },
    description: {
      en: html(
        '<p>Five latex tubes of 120 cm go from thin black to thick grey, with the lime one in the middle. Steel carabiners clip one or all of them to the foam handles, so the load grows as you do. The anchor closes in any door and turns it into a cable station.</p>',
        '<ul><li><strong>Standard, 50 kg:</strong> 5, 7, 9, 12 and 17 kg</li><li><strong>Strong, 70 kg:</strong> 7, 10, 14, 18 and 21 kg</li></ul>',
        '<p>The figures are the pull at twice the resting length. The set packs into a bag of 28 × 20 cm. Look the tubes over before training and change one that shows a crack. Contains natural latex.</p>',
      ),
      ko: html(
        '<p>120cm 라텍스 튜브 5개가 가는 검은색부터 굵은 회색까지 이어지고, 가운데가 라임색입니다. 스틸 카라비너로 폼 손잡이에 한 개만 걸어도, 전부 걸어도 되므로 실력에 맞춰 강도를 올릴 수 있습니다. 도어 앵커를 문틈에 끼우면 문이 케이블 머신이 됩니다.</p>',
        '<ul><li><strong>스탠다드 50kg:</strong> 5, 7, 9, 12, 17kg</li><li><strong>스트롱 70kg:</strong> 7, 10, 14, 18, 21kg</li></ul>',
        '<p>표시한 강도는 두 배 길이로 늘렸을 때의 값입니다. 28 × 20cm 파우치에 모두 들어갑니다. 운동 전에 튜브를 살펴보고 갈라진 곳이 있으면 교체하세요. 천연 라텍스가 들어 있습니다.</p>',
      ),
      uz: html(
        '<p>Uzunligi 120 sm boʻlgan beshta lateks naycha ingichka qoradan yoʻgʻon kulranggacha boradi, oʻrtadagisi laym rangda. Poʻlat karabinlar bilan yumshoq tutqichlarga bittasini ham, hammasini ham ulaysiz: kuchingiz oshgani sari yuklamani oshirasiz. Mahkamlagichni eshik orasiga qisib qoʻysangiz, eshik blokli trenajor oʻrnini bosadi.</p>',
        '<ul><li><strong>Standart, 50 kg:</strong> 5, 7, 9, 12 va 17 kg</li><li><strong>Kuchli, 70 kg:</strong> 7, 10, 14, 18 va 21 kg</li></ul>',
        '<p>Raqamlar naycha ikki baravar choʻzilgandagi kuchni bildiradi. Toʻplam 28 × 20 sm li xaltachaga joylashadi. Mashgʻulotdan oldin naychalarni koʻzdan kechiring, yorilganini almashtiring. Tarkibida tabiiy lateks bor.</p>',
      ),
    },
    specifications: [
      { attribute: 'pieces', number: 8 },
      { attribute: 'length', number: 120 },
      {
        attribute: 'material',
        text: {
          en: 'Natural latex, steel, foam',
          ko: '천연 라텍스, 스틸, 폼',
          uz: 'Tabiiy lateks, poʻlat, porolon',
        },
      },
      { attribute: 'warranty-years', number: 2 },
      malaysia,
    ],
    options: [
      {
        code: 'resistance',
        name: { en: 'Resistance', ko: '강도', uz: 'Qarshilik' },
        values: [
          { code: 'standard', label: { en: 'Standard, 50 kg', ko: '스탠다드 50kg', uz: 'Standart, 50 kg' } },
          { code: 'strong', label: { en: 'Strong, 70 kg', ko: '스트롱 70kg', uz: 'Kuchli, 70 kg' } },
        ],
      },
    ],
    variants: [
      {
        sku: 'FLW-SPAN-50',
        values: { resistance: 'standard' },
        prices: { USD: 39.9, KRW: 53_900, UZS: 499_000 },
        stock: 57,
        weightGrams: 1500,
        image: 'resistance-band-set-1',
      },
      {
        sku: 'FLW-SPAN-70',
        values: { resistance: 'strong' },
        prices: { USD: 49.9, KRW: 66_900, UZS: 624_000 },
        stock: 31,
        weightGrams: 1800,
      },
    ],
    images: [
      {
        file: 'resistance-band-set-1',
        alt: {
          en: 'Resistance band set: five tubes of different strength, two foam handles, carabiners and a door anchor',
          ko: '강도가 다른 튜브 5개와 폼 손잡이 2개, 카라비너, 도어 앵커로 구성된 튜빙 밴드 세트',
          uz: 'Espanderlar toʻplami: kuchi har xil beshta naycha, ikkita yumshoq tutqich, karabinlar va eshik mahkamlagichi',
        },
      },
    ],
    listedDaysAgo: 180,
  },
];
