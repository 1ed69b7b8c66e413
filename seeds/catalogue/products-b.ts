import type { SeedProduct, SeedSpecification, Text3 } from './types.js';

const southKorea: Text3 = { en: 'South Korea', ko: '대한민국', uz: 'Janubiy Koreya' };
const china: Text3 = { en: 'China', ko: '중국', uz: 'Xitoy' };
const taiwan: Text3 = { en: 'Taiwan', ko: '대만', uz: 'Tayvan' };
const vietnam: Text3 = { en: 'Vietnam', ko: '베트남', uz: 'Vyetnam' };
const latvia: Text3 = { en: 'Latvia', ko: '라트비아', uz: 'Latviya' };
const uzbekistan: Text3 = { en: 'Uzbekistan', ko: '우즈베키스탄', uz: 'Oʻzbekiston' };

const bluetooth: SeedSpecification = {
  attribute: 'connectivity',
  text: { en: 'Bluetooth 5.2', ko: '블루투스 5.2', uz: 'Bluetooth 5.2' },
};
const kg = (value: number) => ({
  code: `${value}kg`,
  label: { en: `${value} kg`, ko: `${value}kg`, uz: `${value} kg` },
});
const cm = (value: number) => ({
  code: `${value}cm`,
  label: { en: `${value} cm`, ko: `${value}cm`, uz: `${value} sm` },
});
const mm = (value: number) => ({
  code: `${value}mm`,
  label: { en: `${value} mm`, ko: `${value}mm`, uz: `${value} mm` },
});

const html = (...blocks: string[]): string => blocks.join('\n');

export const productsB: SeedProduct[] = [
  {
    slug: { en: 'groove-foam-roller', ko: '그루브-폼롤러', uz: 'groove-massaj-roligi' },
    brand: 'flow',
    category: 'recovery',
    name: { en: 'Groove Foam Roller', ko: '그루브 폼롤러', uz: 'Groove massaj roligi' },
    summary: {
      en: 'Firm foam roller with three surfaces for back, thighs and calves; 33, 45 or 60 cm long.',
      ko: '등, 허벅지, 종아리에 맞춘 세 가지 표면의 단단한 폼롤러. 길이 33·45·60cm.',
      uz: 'Orqa, son va boldir uchun uch xil yuzali zich massaj roligi. Uzunligi 33, 45 yoki 60 sm.',
    },
    description: {
      en: html(
        '<p>One roller, three surfaces: a flat rib for steady pressure, wide blocks for the back and thighs, small blocks for calves and the soles of the feet. Turn the roller and the next one is under you.</p>',
        '<p>The firm EVA foam is 14 cm across and bonded to a rigid core that keeps its shape under 150 kg. It takes up no sweat and wipes clean with a damp cloth.</p>',
        '<ul>',
        '<li><strong>33 cm, 0.7 kg:</strong> fits in a gym bag</li>',
        '<li><strong>45 cm, 0.9 kg:</strong> covers the width of the back</li>',
        '<li><strong>60 cm, 1.2 kg:</strong> for lying along the spine or rolling both legs at once</li>',
        '</ul>',
      ),
      ko: html(
        '<p>롤러는 하나, 표면은 세 가지입니다. 평평한 면은 고르게 누르고, 넓은 블록은 등과 허벅지를, 작은 블록은 종아리와 발바닥을 풀어 줍니다. 롤러를 돌리면 바로 다음 면을 쓸 수 있습니다.</p>',
        '<p>지름 14cm의 탄탄한 EVA 폼을 견고한 코어에 붙여 150kg의 하중에도 모양이 변하지 않습니다. 땀이 스며들지 않아 젖은 천으로 닦으면 깨끗해집니다.</p>',
        '<ul>',
        '<li><strong>33cm, 0.7kg</strong>: 짐백에 들어가는 길이</li>',
        '<li><strong>45cm, 0.9kg</strong>: 등 너비를 덮는 길이</li>',
        '<li><strong>60cm, 1.2kg</strong>: 척추를 따라 눕거나 두 다리를 함께 풀 때 알맞은 길이</li>',
        '</ul>',
      ),
      uz: html(
        '<p>Rolik bitta, yuzasi uch xil: tekis yuza bir maromda bosadi, keng bloklar orqa va songa, mayda bloklar boldir va oyoq kaftiga moʻljallangan. Keyingi yuzaga oʻtish uchun rolikni aylantirish kifoya.</p>',
        '<p>Diametri 14 sm boʻlgan zich EVA porolon qattiq oʻzakka yopishtirilgan va 150 kg yuk ostida ham shaklini saqlaydi. Ter shimmaydi, nam latta bilan artib tozalanadi.</p>',
        '<ul>',
        '<li><strong>33 sm, 0,7 kg:</strong> sport sumkasiga sigʻadi</li>',
        '<li><strong>45 sm, 0,9 kg:</strong> orqaning butun enini qamraydi</li>',
        '<li><strong>60 sm, 1,2 kg:</strong> umurtqa boʻylab yotib mashq qilish yoki ikki oyoqni birga uqalash uchun</li>',
        '</ul>',
      ),
    },
    specifications: [
      { attribute: 'diameter', number: 14 },
      { attribute: 'max-user-weight', number: 150 },
      {
        attribute: 'material',
        text: { en: 'EVA foam, ABS core', ko: 'EVA 폼, ABS 코어', uz: 'EVA porolon, ABS oʻzak' },
      },
      { attribute: 'warranty-years', number: 2 },
      { attribute: 'origin', text: taiwan },
    ],
    options: [
      { code: 'length', name: { en: 'Length', ko: '길이', uz: 'Uzunlik' }, values: [cm(33), cm(45), cm(60)] },
    ],
    variants: [
      {
        sku: 'FLW-GROOVE-33',
        values: { length: '33cm' },
        prices: { USD: 29.9, KRW: 39_900, UZS: 375_000 },
        stock: 64,
        weightGrams: 900,
      },
      {
        sku: 'FLW-GROOVE-45',
        values: { length: '45cm' },
        prices: { USD: 36.9, KRW: 49_900, UZS: 460_000 },
        stock: 48,
        weightGrams: 1150,
        image: 'foam-roller-1',
      },
      {
        sku: 'FLW-GROOVE-60',
        values: { length: '60cm' },
        prices: { USD: 44.9, KRW: 59_900, UZS: 560_000 },
        stock: 0,
        weightGrams: 1500,
      },
    ],
    images: [
      {
        file: 'foam-roller-1',
        alt: {
          en: 'Black foam roller with ribs and blocks and lime rings on the end of its core',
          ko: '골과 블록 무늬가 있고 코어 끝에 라임색 링이 둘린 검은색 폼롤러',
          uz: 'Qirra va blokli qora massaj roligi, oʻzagining chetida laym rangli halqalar',
        },
      },
    ],
    listedDaysAgo: 140,
  },
  {
    slug: { en: 'ground-yoga-mat', ko: '그라운드-요가매트', uz: 'ground-yoga-gilamchasi' },
    brand: 'flow',
    category: 'recovery',
    name: { en: 'Ground Yoga Mat', ko: '그라운드 요가매트', uz: 'Ground yoga gilamchasi' },
    summary: {
      en: 'Non-slip yoga mat, 183 × 61 cm, with alignment lines and two carrying straps; 4 or 6 mm thick.',
      ko: '미끄러지지 않는 183 × 61cm 요가매트. 정렬선과 휴대용 스트랩 2개, 두께 4·6mm.',
      uz: 'Sirpanmaydigan yoga gilamchasi, 183 × 61 sm: moʻljal chiziqlari, ikkita tasma, qalinligi 4 yoki 6 mm.',
    },
    description: {
      en: html(
        '<p>The matt upper side holds hands and feet in place, dry or damp. Fine lime lines mark the centre of the mat and the line of your stance, so you can check your position at a glance.</p>',
        '<p>Closed-cell TPE, 183 cm long and 61 cm wide, without latex or PVC. It lies flat within minutes of unrolling and washes clean with mild soap. Two straps keep it rolled and serve as carrying loops.</p>',
        '<ul>',
        '<li><strong>4 mm, 0.9 kg:</strong> close to the floor, for standing and balancing</li>',
        '<li><strong>6 mm, 1.3 kg:</strong> softer under knees and elbows</li>',
        '</ul>',
      ),
      ko: html(
        '<p>무광 윗면이 땀 난 손과 발도 밀리지 않게 잡아 줍니다. 가는 라임색 선이 매트의 중심과 발 놓을 위치를 표시해 자세를 한눈에 확인할 수 있습니다.</p>',
        '<p>길이 183cm, 너비 61cm. 독립 기포 구조의 TPE 소재로, 라텍스와 PVC를 쓰지 않았습니다. 펼치면 몇 분 안에 평평해지고 중성 세제로 씻을 수 있습니다. 스트랩 2개는 말아 둔 매트를 고정하고 손잡이로도 씁니다.</p>',
        '<ul>',
        '<li><strong>4mm, 0.9kg</strong>: 바닥이 잘 느껴져 서는 자세와 균형 동작에 적합</li>',
        '<li><strong>6mm, 1.3kg</strong>: 무릎과 팔꿈치를 댈 때 더 푹신한 두께</li>',
        '</ul>',
      ),
      uz: html(
        '<p>Yaltiramaydigan ustki yuzasi qoʻl va oyoqni terlaganda ham sirpantirmaydi. Ingichka laym rangli chiziqlar gilamchaning oʻrtasini va oyoq qoʻyiladigan joyni koʻrsatadi: holatingizni bir qarashda tekshirasiz.</p>',
        '<p>Uzunligi 183 sm, eni 61 sm. Yopiq gʻovakli TPEdan tayyorlangan, lateks va PVX qoʻshilmagan. Yoyilgach, bir necha daqiqada tekislanadi, yumshoq sovun bilan yuviladi. Ikkita tasma oʻralgan gilamchani mahkam tutadi va koʻtarib yurish uchun ham xizmat qiladi.</p>',
        '<ul>',
        '<li><strong>4 mm, 0,9 kg:</strong> pol yaxshi seziladi, tik turish va muvozanat mashqlariga mos</li>',
        '<li><strong>6 mm, 1,3 kg:</strong> tizza va tirsak ostida yumshoqroq</li>',
        '</ul>',
      ),
    },
    specifications: [
      { attribute: 'length', number: 183 },
      { attribute: 'width', number: 61 },
      {
        attribute: 'material',
        text: {
          en: 'TPE, free of latex and PVC',
          ko: 'TPE(라텍스·PVC 무첨가)',
          uz: 'TPE, latekssiz va PVXsiz',
        },
      },
      { attribute: 'warranty-years', number: 1 },
      { attribute: 'origin', text: taiwan },
    ],
    options: [
      {
        code: 'colour',
        name: { en: 'Colour', ko: '색상', uz: 'Rang' },
        values: [
          { code: 'grey-lime', label: { en: 'Grey and lime', ko: '그레이·라임', uz: 'Kulrang va laym' } },
          { code: 'black-grey', label: { en: 'Black and grey', ko: '블랙·그레이', uz: 'Qora va kulrang' } },
        ],
      },
      {
        code: 'thickness',
        name: { en: 'Thickness', ko: '두께', uz: 'Qalinlik' },
        values: [mm(4), mm(6)],
      },
    ],
    variants: [
      {
        sku: 'FLW-GROUND-GL-4',
        values: { colour: 'grey-lime', thickness: '4mm' },
        prices: { USD: 39.9, KRW: 53_900, UZS: 499_000 },
        stock: 42,
        weightGrams: 1100,
        image: 'yoga-mat-1',
      },
      {
        sku: 'FLW-GROUND-GL-6',
        values: { colour: 'grey-lime', thickness: '6mm' },
        prices: { USD: 49.9, KRW: 67_900, UZS: 625_000 },
        stock: 57,
        weightGrams: 1500,
        image: 'yoga-mat-1',
      },
      {
        sku: 'FLW-GROUND-BG-4',
        values: { colour: 'black-grey', thickness: '4mm' },
        prices: { USD: 32.9, KRW: 44_900, UZS: 410_000 },
        compareAt: { USD: 39.9, KRW: 53_900, UZS: 499_000 },
        stock: 26,
        weightGrams: 1100,
      },
      {
        sku: 'FLW-GROUND-BG-6',
        values: { colour: 'black-grey', thickness: '6mm' },
        prices: { USD: 41.9, KRW: 56_900, UZS: 525_000 },
        compareAt: { USD: 49.9, KRW: 67_900, UZS: 625_000 },
        stock: 19,
        weightGrams: 1500,
      },
    ],
    images: [
      {
        file: 'yoga-mat-1',
        alt: {
          en: 'Yoga mat, grey above and lime below, half rolled and held by two straps',
          ko: '윗면은 그레이, 아랫면은 라임색인 요가매트를 반쯤 말아 스트랩 2개로 묶은 모습',
          uz: 'Usti kulrang, osti laym rangli, yarmi oʻralib ikkita tasma bilan bogʻlangan yoga gilamchasi',
        },
      },
    ],
    listedDaysAgo: 95,
  },
  {
    slug: { en: 'tempo-smart-rope', ko: '템포-스마트-줄넘기', uz: 'tempo-aqlli-sakrash-arqoni' },
    brand: 'pulse',
    category: 'accessories',
    name: { en: 'Tempo Smart Rope', ko: '템포 스마트 줄넘기', uz: 'Tempo aqlli sakrash arqoni' },
    summary: {
      en: 'Speed rope that shows jumps and pace on its handles; 3 m cable, 30 days on one charge.',
      ko: '손잡이 화면에 횟수와 속도가 표시되는 스마트 줄넘기. 줄 길이 3m, 한 번 충전으로 30일.',
      uz: 'Sakrash soni va surʼatini dastasida koʻrsatadigan arqon: trosi 3 m, bir zaryadda 30 kun.',
    },
    description: {
      en: html(
        '<p>One handle shows the jumps, the other the jumps a minute. Both are bright enough to read between sets, and neither needs a phone. Open the Trainium app when you want intervals or the figures of the past weeks.</p>',
        '<p>The coated steel cable turns on ball bearings and stays clear of its own twist. It is 3 m long, for heights up to 195 cm, and is shortened without tools at the handle. Cable and handles together weigh 0.24 kg.</p>',
        '<p>Charging over USB-C takes an hour and a half and lasts 30 days at 20 minutes a day.</p>',
      ),
      ko: html(
        '<p>한쪽 손잡이에는 줄넘기 횟수가, 다른 쪽에는 분당 횟수가 표시됩니다. 화면이 밝아 세트 사이에 바로 읽을 수 있고, 휴대폰 없이도 작동합니다. 인터벌 설정과 지난 기록은 Trainium 앱에서 확인할 수 있습니다.</p>',
        '<p>코팅한 스틸 와이어 줄이 볼 베어링으로 꼬임 없이 돌아갑니다. 길이는 3m로 키 195cm까지 쓸 수 있으며, 공구 없이 손잡이에서 줄일 수 있습니다. 줄과 손잡이를 합한 무게는 0.24kg입니다.</p>',
        '<p>USB-C로 1시간 30분 충전하면 하루 20분 기준 30일 동안 사용할 수 있습니다.</p>',
      ),
      uz: html(
        '<p>Bir dastada sakrashlar soni, ikkinchisida bir daqiqadagi sakrashlar koʻrinadi. Ekranlar yorqin: mashqlar orasida bemalol oʻqiladi, telefon ham shart emas. Interval belgilash yoki oʻtgan haftalar natijasini koʻrish uchun Trainium ilovasini ochasiz.</p>',
        '<p>Qoplamali poʻlat tros zoldirli podshipnikda aylanadi va buralib qolmaydi. Uzunligi 3 m, boʻyi 195 sm gacha boʻlganlarga mos; ortiqchasi asbobsiz, dastaning oʻzida qisqartiriladi. Tros va dastalarning umumiy ogʻirligi 0,24 kg.</p>',
        '<p>USB-C orqali bir yarim soatda zaryadlanadi va kuniga 20 daqiqa mashq qilinsa, 30 kun ishlaydi.</p>',
      ),
    },
    specifications: [
      { attribute: 'weight', number: 0.24 },
      { attribute: 'cable-length', number: 300 },
      { attribute: 'battery-days', number: 30 },
      { attribute: 'charging-time', number: 1.5 },
      bluetooth,
      { attribute: 'app', flag: true },
      { attribute: 'warranty-years', number: 2 },
      { attribute: 'origin', text: southKorea },
    ],
    options: [],
    variants: [
      {
        sku: 'PLS-TEMPO',
        values: {},
        prices: { USD: 49.9, KRW: 66_900, UZS: 625_000 },
        compareAt: { USD: 59.9, KRW: 79_900, UZS: 750_000 },
        stock: 73,
        weightGrams: 420,
      },
    ],
    images: [
      {
        file: 'smart-speed-rope-1',
        alt: {
          en: 'Speed rope with a lime cable; the displays on its two black handles read 742 and 128',
          ko: '라임색 줄과 검은색 손잡이 2개로 된 줄넘기, 손잡이 화면에 742와 128이 표시된 모습',
          uz: 'Laym rangli trosli sakrash arqoni; ikki qora dastasining ekranida 742 va 128 raqamlari',
        },
      },
    ],
    listedDaysAgo: 18,
  },
  {
    slug: { en: 'pivot-medicine-ball', ko: '피벗-메디신볼', uz: 'pivot-toldirma-topi' },
    brand: 'forge',
    category: 'functional',
    name: { en: 'Pivot Medicine Ball', ko: '피벗 메디신볼', uz: 'Pivot toʻldirma toʻpi' },
    summary: {
      en: 'Rubber medicine ball with a dotted grip; 28 cm across in every weight from 3 to 10 kg.',
      ko: '돌기가 있어 잡기 쉬운 고무 메디신볼. 3kg부터 10kg까지 지름은 모두 28cm.',
      uz: 'Boʻrtmali yuzasi qoʻldan chiqmaydigan rezina toʻldirma toʻp: 3–10 kg, diametri doim 28 sm.',
    },
    description: {
      en: html(
        '<p>Raised dots cover the shell, so the ball stays in damp hands when you throw, catch or turn with it. The weight stands large in the badge and can be read from across the room.</p>',
        '<p>All five weights measure 28 cm across: move up a weight and your grip stays the same. The rubber shell rebounds from floor and wall, and a valve lets you set how much.</p>',
        '<ul>',
        '<li><strong>3 and 4 kg:</strong> fast throws, shoulder work, first weeks of training</li>',
        '<li><strong>6 kg:</strong> rotations and wall throws</li>',
        '<li><strong>8 and 10 kg:</strong> squats, lunges and chest passes with a partner</li>',
        '</ul>',
      ),
      ko: html(
        '<p>표면 전체에 돌기가 있어 손에 땀이 나도 던지고 받고 돌리는 동안 미끄러지지 않습니다. 무게 숫자를 크게 새겨 멀리서도 바로 구분됩니다.</p>',
        '<p>다섯 가지 무게의 지름이 모두 28cm이므로 무게를 올려도 잡는 느낌은 그대로입니다. 고무 외피는 바닥과 벽에서 튀어 오르며, 반발력은 밸브로 조절합니다.</p>',
        '<ul>',
        '<li><strong>3·4kg</strong>: 빠른 던지기, 어깨 운동, 입문용</li>',
        '<li><strong>6kg</strong>: 몸통 회전, 벽 던지기</li>',
        '<li><strong>8·10kg</strong>: 스쿼트, 런지, 2인 체스트 패스</li>',
        '</ul>',
      ),
      uz: html(
        '<p>Toʻpning butun yuzasi boʻrtmali: uloqtirganda, ilib olganda yoki burilganda terlagan qoʻldan ham sirgʻanib chiqmaydi. Ogʻirligi yirik raqam bilan yozilgan, uzoqdan ham oʻqiladi.</p>',
        '<p>Besh xil toʻpning hammasi 28 sm diametrda: ogʻirroq toʻpga oʻtsangiz ham, ushlashingiz oʻzgarmaydi. Rezina qobiq pol va devordan qaytadi, qanchalik sakrashi klapan orqali sozlanadi.</p>',
        '<ul>',
        '<li><strong>3 va 4 kg:</strong> tez uloqtirish, yelka mashqlari, ilk haftalar uchun</li>',
        '<li><strong>6 kg:</strong> gavdani burish va devorga uloqtirish</li>',
        '<li><strong>8 va 10 kg:</strong> oʻtirib-turish, oldinga qadamlash va juft boʻlib koʻkrakdan uzatish</li>',
        '</ul>',
      ),
    },
    specifications: [
      { attribute: 'diameter', number: 28 },
      {
        attribute: 'material',
        text: { en: 'Rubber, air-filled', ko: '고무(공기 주입식)', uz: 'Rezina, havo bilan toʻldirilgan' },
      },
      { attribute: 'warranty-years', number: 2 },
      { attribute: 'origin', text: vietnam },
    ],
    options: [
      {
        code: 'weight',
        name: { en: 'Weight', ko: '무게', uz: 'Ogʻirlik' },
        values: [kg(3), kg(4), kg(6), kg(8), kg(10)],
      },
    ],
    variants: [
      {
        sku: 'FRG-PIVOT-3',
        values: { weight: '3kg' },
        prices: { USD: 29.9, KRW: 39_900, UZS: 375_000 },
        stock: 34,
        weightGrams: 3400,
      },
      {
        sku: 'FRG-PIVOT-4',
        values: { weight: '4kg' },
        prices: { USD: 34.9, KRW: 46_900, UZS: 435_000 },
        stock: 40,
        weightGrams: 4400,
      },
      {
        sku: 'FRG-PIVOT-6',
        values: { weight: '6kg' },
        prices: { USD: 44.9, KRW: 59_900, UZS: 560_000 },
        stock: 52,
        weightGrams: 6400,
        image: 'medicine-ball-1',
      },
      {
        sku: 'FRG-PIVOT-8',
        values: { weight: '8kg' },
        prices: { USD: 54.9, KRW: 73_900, UZS: 685_000 },
        stock: 23,
        weightGrams: 8400,
      },
      {
        sku: 'FRG-PIVOT-10',
        values: { weight: '10kg' },
        prices: { USD: 64.9, KRW: 87_900, UZS: 810_000 },
        stock: 2,
        weightGrams: 10_400,
      },
    ],
    images: [
      {
        file: 'medicine-ball-1',
        alt: {
          en: 'Black medicine ball of 6 kg with a dotted grip texture and a lime line',
          ko: '돌기 그립과 라임색 선이 있는 검은색 6kg 메디신볼',
          uz: 'Boʻrtmali yuzali va laym rangli chiziqli qora toʻldirma toʻp, 6 kg',
        },
      },
    ],
    listedDaysAgo: 210,
  },
  {
    slug: { en: 'axis-gymnastic-rings', ko: '액시스-체조-링', uz: 'axis-gimnastika-halqalari' },
    brand: 'forge',
    category: 'functional',
    name: { en: 'Axis Gymnastic Rings', ko: '액시스 체조 링', uz: 'Axis gimnastika halqalari' },
    summary: {
      en: 'Pair of birch rings on numbered 4.5 m straps; cam buckles bring both to the same height.',
      ko: '자작나무 링 한 쌍과 번호를 표시한 4.5m 스트랩. 캠 버클로 좌우 높이를 똑같이 맞춥니다.',
      uz: 'Qayindan ishlangan bir juft halqa: raqamli 4,5 m tasma va toʻqalar ikkisini bir balandlikka keltiradi.',
    },
    description: {
      en: html(
        '<p>Bare birch takes chalk well and does not turn slick with sweat, as plastic does. Each ring measures 23.5 cm across and is sanded smooth, with no seam under the hand.</p>',
        '<p>The straps are 4.5 m long and numbered. Pull both to the same number, close the cam buckles, and the rings hang level; no tools, no counting. They go round a bar, a beam or a branch and hold athletes of up to 150 kg.</p>',
        '<ul>',
        '<li><strong>28 mm grip:</strong> for smaller hands; the pair with straps weighs 1.5 kg</li>',
        '<li><strong>32 mm grip:</strong> for larger hands and a harder grip; 1.7 kg</li>',
        '</ul>',
      ),
      ko: html(
        '<p>코팅하지 않은 자작나무는 초크가 잘 묻고 플라스틱처럼 땀에 미끄러지지 않습니다. 링의 지름은 23.5cm이며, 손에 걸리는 이음매가 없도록 매끄럽게 다듬었습니다.</p>',
        '<p>길이 4.5m의 스트랩에는 번호가 표시되어 있습니다. 양쪽을 같은 번호에 맞추고 캠 버클을 잠그면 링의 높이가 같아집니다. 공구는 필요 없습니다. 철봉, 들보, 나뭇가지에 걸 수 있으며 체중 150kg까지 견딥니다.</p>',
        '<ul>',
        '<li><strong>그립 28mm</strong>: 손이 작은 분께 적합, 스트랩 포함 1.5kg</li>',
        '<li><strong>그립 32mm</strong>: 손이 크거나 악력까지 기르고 싶은 분께 적합, 스트랩 포함 1.7kg</li>',
        '</ul>',
      ),
      uz: html(
        '<p>Laklanmagan qayin yogʻochi magneziyani yaxshi ushlaydi va plastikdek terdan sirpanmaydi. Har bir halqaning diametri 23,5 sm; yuzasi silliqlangan, qoʻlga tegadigan choki yoʻq.</p>',
        '<p>Tasmalar 4,5 m uzunlikda va raqamlangan. Ikkalasini bir xil raqamga tortib, toʻqani yopsangiz, halqalar bir balandlikda turadi — asbob ham, oʻlchash ham kerak emas. Turnik, toʻsin yoki daraxt shoxiga osiladi va vazni 150 kg gacha boʻlgan sportchini koʻtaradi.</p>',
        '<ul>',
        '<li><strong>28 mm:</strong> kichikroq kaft uchun; tasmalari bilan jufti 1,5 kg</li>',
        '<li><strong>32 mm:</strong> kattaroq kaft va panja kuchini oshirish uchun; 1,7 kg</li>',
        '</ul>',
      ),
    },
    specifications: [
      { attribute: 'pieces', number: 2 },
      { attribute: 'diameter', number: 23.5 },
      { attribute: 'max-user-weight', number: 150 },
      {
        attribute: 'material',
        text: {
          en: 'Birch, polyester straps, steel buckles',
          ko: '자작나무, 폴리에스터 스트랩, 스틸 버클',
          uz: 'Qayin yogʻochi, poliester tasma, poʻlat toʻqa',
        },
      },
      { attribute: 'warranty-years', number: 3 },
      { attribute: 'origin', text: latvia },
    ],
    options: [
      {
        code: 'grip',
        name: { en: 'Grip thickness', ko: '그립 두께', uz: 'Halqa qalinligi' },
        values: [mm(28), mm(32)],
      },
    ],
    variants: [
      {
        sku: 'FRG-AXIS-28',
        values: { grip: '28mm' },
        prices: { USD: 54.9, KRW: 73_900, UZS: 685_000 },
        stock: 31,
        weightGrams: 1750,
      },
      {
        sku: 'FRG-AXIS-32',
        values: { grip: '32mm' },
        prices: { USD: 57.9, KRW: 77_900, UZS: 725_000 },
        stock: 44,
        weightGrams: 1950,
      },
    ],
    images: [
      {
        file: 'gymnastic-rings-1',
        alt: {
          en: 'Pair of birch gymnastic rings hanging from black numbered straps with cam buckles',
          ko: '번호가 표시된 검은색 스트랩과 캠 버클에 매달린 자작나무 체조 링 한 쌍',
          uz: 'Raqamli qora tasma va toʻqalarga osilgan bir juft qayin gimnastika halqasi',
        },
      },
    ],
    listedDaysAgo: 165,
  },
  {
    slug: { en: 'level-smart-bottle', ko: '레벨-스마트-보틀', uz: 'level-aqlli-suv-idishi' },
    brand: 'pulse',
    category: 'accessories',
    name: { en: 'Level Smart Bottle', ko: '레벨 스마트 보틀', uz: 'Level aqlli suv idishi' },
    summary: {
      en: 'Insulated 600 ml bottle that measures what you drink and lights up when it is time for more.',
      ko: '마신 양을 재고 물 마실 시간을 빛으로 알려 주는 600ml 보온·보냉 보틀.',
      uz: 'Ichgan suvingizni oʻlchab, vaqtida yorugʻlik bilan eslatadigan, issiq-sovuqni saqlaydigan 600 ml idish.',
    },
    description: {
      en: html(
        '<p>A sensor measures every drink. The bars on the display show what is left in the bottle, the circle above them fills as you come nearer to the goal of the day. After an hour without water the ring at the foot lights up; you can turn it off.</p>',
        '<p>Double-walled stainless steel keeps water cold for 24 hours and tea hot for 12. The bottle holds 600 ml, weighs 0.42 kg empty and fits a bike cage. The ribbed sleeve gives hold, the loop carries on two fingers.</p>',
        '<p>One charge lasts 40 days. The IPX7 seal allows rinsing under the tap; keep it out of the dishwasher. The Trainium app keeps your daily totals.</p>',
      ),
      ko: html(
        '<p>센서가 마신 양을 매번 측정합니다. 화면의 막대는 남은 물을, 그 위의 원은 하루 목표까지의 진행을 보여 줍니다. 한 시간 동안 물을 마시지 않으면 아래쪽 링에 불이 들어오며, 이 알림은 끌 수 있습니다.</p>',
        '<p>이중벽 스테인리스 구조로 찬물은 24시간, 따뜻한 차는 12시간 동안 온도를 유지합니다. 용량은 600ml, 빈 보틀 무게는 0.42kg이며 자전거 물통 케이지에 들어갑니다. 골이 있는 슬리브는 잘 미끄러지지 않고, 고리는 두 손가락으로 들 수 있습니다.</p>',
        '<p>한 번 충전하면 40일 동안 사용합니다. IPX7 방수로 흐르는 물에 씻을 수 있으나 식기세척기는 사용할 수 없습니다. 하루 섭취량은 Trainium 앱에 기록됩니다.</p>',
      ),
      uz: html(
        '<p>Datchik har bir qultumni oʻlchaydi. Ekrandagi chiziqlar idishda qolgan suvni, tepasidagi doira kunlik meʼyorga qancha yaqinlashganingizni koʻrsatadi. Bir soat suv ichmasangiz, pastdagi halqa yonadi; eslatmani oʻchirib qoʻysa ham boʻladi.</p>',
        '<p>Qoʻsh devorli zanglamas poʻlat suvni 24 soat sovuq, choyni 12 soat issiq saqlaydi. Sigʻimi 600 ml, boʻsh holda 0,42 kg, velosipeddagi idish tutqichiga joylashadi. Qirrali gʻilof sirpantirmaydi, halqasini ikki barmoq bilan koʻtarish qulay.</p>',
        '<p>Bir zaryadda 40 kun ishlaydi. IPX7 himoyasi tufayli oqar suvda chayish mumkin, ammo idish yuvish mashinasiga solinmaydi. Kunlik hisob Trainium ilovasida saqlanadi.</p>',
      ),
    },
    specifications: [
      { attribute: 'capacity-ml', number: 600 },
      { attribute: 'weight', number: 0.42 },
      {
        attribute: 'material',
        text: {
          en: 'Stainless steel 18/8, double wall',
          ko: '스테인리스강 18/8, 이중벽',
          uz: 'Zanglamas poʻlat 18/8, qoʻsh devorli',
        },
      },
      { attribute: 'battery-days', number: 40 },
      { attribute: 'water-resistance', text: { en: 'IPX7', ko: 'IPX7', uz: 'IPX7' } },
      { attribute: 'app', flag: true },
      { attribute: 'warranty-years', number: 2 },
      { attribute: 'origin', text: southKorea },
    ],
    options: [
      {
        code: 'colour',
        name: { en: 'Colour', ko: '색상', uz: 'Rang' },
        values: [
          { code: 'graphite', label: { en: 'Graphite', ko: '그래파이트', uz: 'Grafit' } },
          { code: 'steel', label: { en: 'Brushed steel', ko: '브러시드 스틸', uz: 'Poʻlat rang' } },
          { code: 'white', label: { en: 'White', ko: '화이트', uz: 'Oq' } },
        ],
      },
    ],
    variants: [
      {
        sku: 'PLS-LEVEL-GRA',
        values: { colour: 'graphite' },
        prices: { USD: 64.9, KRW: 87_900, UZS: 810_000 },
        stock: 61,
        weightGrams: 620,
        image: 'smart-water-bottle-1',
      },
      {
        sku: 'PLS-LEVEL-STL',
        values: { colour: 'steel' },
        prices: { USD: 54.9, KRW: 73_900, UZS: 685_000 },
        compareAt: { USD: 64.9, KRW: 87_900, UZS: 810_000 },
        stock: 28,
        weightGrams: 620,
      },
      {
        sku: 'PLS-LEVEL-WHT',
        values: { colour: 'white' },
        prices: { USD: 64.9, KRW: 87_900, UZS: 810_000 },
        stock: 36,
        weightGrams: 620,
      },
    ],
    images: [
      {
        file: 'smart-water-bottle-1',
        alt: {
          en: 'Graphite smart bottle with a lime light ring, a level display and a carrying loop',
          ko: '라임색 링 조명, 수위 화면, 손잡이 고리가 있는 그래파이트 스마트 보틀',
          uz: 'Laym rangli yorugʻlik halqasi, sath ekrani va halqa tutqichi bor grafit rangli aqlli suv idishi',
        },
      },
    ],
    listedDaysAgo: 9,
  },
  {
    slug: { en: 'carry-gym-bag', ko: '캐리-짐백', uz: 'carry-sport-sumkasi' },
    brand: 'flow',
    category: 'accessories',
    name: { en: 'Carry Gym Bag', ko: '캐리 짐백', uz: 'Carry sport sumkasi' },
    summary: {
      en: '42-litre gym bag of 1.1 kg with a full-length zip, a front pocket and a coated base for wet floors.',
      ko: '끝까지 열리는 지퍼, 앞주머니, 물이 스미지 않는 바닥을 갖춘 42L 짐백. 무게 1.1kg.',
      uz: 'Sigʻimi 42 l, ogʻirligi 1,1 kg: oxirigacha ochiladigan molniya, old choʻntak, suv oʻtkazmaydigan taglik.',
    },
    description: {
      en: html(
        '<p>Shoes, towel, a 33 cm roller and clothes for the next day: 42 litres hold what a training day needs, in a bag that measures 54 × 28 × 28 cm. The zip runs the whole length, so you see everything at once.</p>',
        '<p>Keys and phone go into the zipped front pocket with the lime stitching. The grey webbing handles run down the front and back and meet in a soft grip.</p>',
        '<p>Dense recycled polyester with a coated base: put it down on a wet changing-room floor and the inside stays dry. Empty weight 1.1 kg.</p>',
      ),
      ko: html(
        '<p>운동화, 수건, 33cm 폼롤러, 갈아입을 옷까지 들어가는 42L 용량입니다. 크기는 54 × 28 × 28cm이며, 지퍼가 끝에서 끝까지 열려 안에 든 물건이 한눈에 보입니다.</p>',
        '<p>열쇠와 휴대폰은 라임색 스티치를 두른 앞주머니에 넣고 지퍼로 닫습니다. 회색 웨빙 손잡이는 앞뒤를 감싸 내려오며, 부드러운 그립으로 모아 쥘 수 있습니다.</p>',
        '<p>촘촘한 재생 폴리에스터 원단에 바닥을 코팅해 젖은 탈의실 바닥에 놓아도 안이 젖지 않습니다. 빈 가방 무게는 1.1kg입니다.</p>',
      ),
      uz: html(
        '<p>Poyabzal, sochiq, 33 sm massaj roligi va almashtiriladigan kiyim: 42 litr hajmga mashgʻulot kuniga kerakli hamma narsa sigʻadi. Oʻlchami 54 × 28 × 28 sm. Molniyasi boshidan oxirigacha ochiladi, ichidagi narsalar bir qarashda koʻrinadi.</p>',
        '<p>Kalit va telefon laym rangli chokli, molniyali old choʻntakka solinadi. Kulrang tasma dastalar sumkani old va orqadan ushlab turadi va yumshoq tutqichda birlashadi.</p>',
        '<p>Matosi — qayta ishlangan zich poliester, tagligi qoplamali: kiyinish xonasining hoʻl poliga qoʻysangiz ham, ichi quruq qoladi. Boʻsh sumkaning ogʻirligi 1,1 kg.</p>',
      ),
    },
    specifications: [
      { attribute: 'capacity-l', number: 42 },
      { attribute: 'weight', number: 1.1 },
      { attribute: 'length', number: 54 },
      { attribute: 'width', number: 28 },
      { attribute: 'height', number: 28 },
      {
        attribute: 'material',
        text: {
          en: 'Recycled polyester, coated base',
          ko: '재생 폴리에스터, 코팅 바닥',
          uz: 'Qayta ishlangan poliester, qoplamali taglik',
        },
      },
      { attribute: 'warranty-years', number: 2 },
      { attribute: 'origin', text: uzbekistan },
    ],
    options: [
      {
        code: 'colour',
        name: { en: 'Colour', ko: '색상', uz: 'Rang' },
        values: [
          { code: 'black', label: { en: 'Black', ko: '블랙', uz: 'Qora' } },
          { code: 'grey', label: { en: 'Grey', ko: '그레이', uz: 'Kulrang' } },
          { code: 'olive', label: { en: 'Olive', ko: '올리브', uz: 'Zaytun rang' } },
        ],
      },
    ],
    variants: [
      {
        sku: 'FLW-CARRY-BLK',
        values: { colour: 'black' },
        prices: { USD: 69.0, KRW: 92_900, UZS: 860_000 },
        stock: 55,
        weightGrams: 1350,
        image: 'gym-bag-1',
      },
      {
        sku: 'FLW-CARRY-GRY',
        values: { colour: 'grey' },
        prices: { USD: 69.0, KRW: 92_900, UZS: 860_000 },
        stock: 4,
        weightGrams: 1350,
      },
      {
        sku: 'FLW-CARRY-OLV',
        values: { colour: 'olive' },
        prices: { USD: 55.0, KRW: 74_000, UZS: 690_000 },
        compareAt: { USD: 69.0, KRW: 92_900, UZS: 860_000 },
        stock: 17,
        weightGrams: 1350,
      },
    ],
    images: [
      {
        file: 'gym-bag-1',
        alt: {
          en: 'Black gym bag with grey webbing handles and a front pocket with lime stitching',
          ko: '회색 웨빙 손잡이와 라임색 스티치 앞주머니가 있는 검은색 짐백',
          uz: 'Kulrang tasma dastali, laym rangli chokli old choʻntagi bor qora sport sumkasi',
        },
      },
    ],
    listedDaysAgo: 52,
  },
  {
    slug: { en: 'rise-plyo-box', ko: '라이즈-플라이오-박스', uz: 'rise-sakrash-qutisi' },
    brand: 'forge',
    category: 'functional',
    name: { en: 'Rise Plyo Box', ko: '라이즈 플라이오 박스', uz: 'Rise sakrash qutisi' },
    summary: {
      en: 'Birch plyo box with three heights, 51, 61 and 76 cm, and a rubber top for sure landings.',
      ko: '51·61·76cm 세 가지 높이로 쓰는 자작나무 플라이오 박스. 착지면은 고무 상판.',
      uz: 'Qayindan ishlangan, 51, 61 va 76 sm balandlikda qoʻyiladigan sakrash qutisi. Usti rezina qoplamali.',
    },
    description: {
      en: html(
        '<p>Turn the box and the height changes: 61 cm with the rubber top uppermost, 76 cm on its end, 51 cm on its side. Large numbers on the sides tell you which one is standing.</p>',
        '<p>The sides are 18 mm birch plywood, finger-jointed and bolted at the corners, and carry up to 150 kg without a creak. Hand holes let two people, or one strong one, move its 22 kg.</p>',
        '<p>It arrives flat with bolts and key; putting it together takes about 20 minutes.</p>',
      ),
      ko: html(
        '<p>박스를 돌리면 높이가 바뀝니다. 고무 상판을 위로 두면 61cm, 세우면 76cm, 옆으로 눕히면 51cm입니다. 옆면의 큰 숫자로 지금 높이를 바로 확인할 수 있습니다.</p>',
        '<p>두께 18mm의 자작나무 합판을 핑거 조인트로 맞물리고 모서리를 볼트로 조여 체중 150kg까지 흔들림 없이 받칩니다. 무게는 22kg이며, 손잡이 구멍이 있어 둘이서 쉽게 옮길 수 있습니다.</p>',
        '<p>볼트와 렌치를 동봉한 조립식으로 배송하며, 조립에는 20분 정도 걸립니다.</p>',
      ),
      uz: html(
        '<p>Qutini aylantirsangiz, balandligi oʻzgaradi: rezina yuzasi tepada boʻlsa 61 sm, tik qoʻyilsa 76 sm, yonboshlatilsa 51 sm. Yonidagi yirik raqamlar hozir qaysi balandlik turganini koʻrsatadi.</p>',
        '<p>Devorlari 18 mm qayin fanerasidan: bir-biriga tishli birikma bilan kirishtirilib, burchaklari boltlangan va 150 kg gacha vaznni qimirlamay koʻtaradi. Quti 22 kg, qoʻl uchun teshiklari bor — ikki kishi bemalol koʻchiradi.</p>',
        '<p>Yigʻilmagan holda, bolt va kaliti bilan yetkaziladi; yigʻish 20 daqiqacha vaqt oladi.</p>',
      ),
    },
    specifications: [
      { attribute: 'length', number: 76 },
      { attribute: 'width', number: 51 },
      { attribute: 'height', number: 61 },
      { attribute: 'weight', number: 22 },
      { attribute: 'max-user-weight', number: 150 },
      {
        attribute: 'material',
        text: {
          en: 'Birch plywood 18 mm, rubber top',
          ko: '자작나무 합판 18mm, 고무 상판',
          uz: 'Qayin fanerasi 18 mm, rezina qoplama',
        },
      },
      { attribute: 'warranty-years', number: 3 },
      { attribute: 'origin', text: latvia },
    ],
    options: [],
    variants: [
      {
        sku: 'FRG-RISE',
        values: {},
        prices: { USD: 149.0, KRW: 199_000, UZS: 1_860_000 },
        stock: 21,
        weightGrams: 24_500,
      },
    ],
    images: [
      {
        file: 'plyo-box-1',
        alt: {
          en: 'Birch plyo box with finger joints, hand holes and a rubber top, marked 61 and 76 cm',
          ko: '핑거 조인트와 손잡이 구멍, 고무 상판이 있고 61과 76cm가 표시된 자작나무 플라이오 박스',
          uz: 'Tishli birikmali, qoʻl teshikli va rezina qoplamali, 61 va 76 sm deb belgilangan qayin sakrash qutisi',
        },
      },
    ],
    listedDaysAgo: 120,
  },
  {
    slug: { en: 'tilt-balance-board', ko: '틸트-밸런스-보드', uz: 'tilt-muvozanat-taxtasi' },
    brand: 'flow',
    category: 'recovery',
    name: { en: 'Tilt Balance Board', ko: '틸트 밸런스 보드', uz: 'Tilt muvozanat taxtasi' },
    summary: {
      en: 'Wooden balance board on a foam roller, for ankles, knees and core; weighs 2.9 kg.',
      ko: '폼롤러 위에서 발목, 무릎, 코어를 단련하는 나무 밸런스 보드. 무게 2.9kg.',
      uz: 'Porolon gʻaltak ustidagi yogʻoch muvozanat taxtasi: toʻpiq, tizza va gavda uchun. Ogʻirligi 2,9 kg.',
    },
    description: {
      en: html(
        '<p>Stand on the board, find the middle, keep it off the floor. Five minutes a day work the ankles, knees and trunk, whether you are waiting for snow or sit at a desk.</p>',
        '<p>The board is 78 cm long and 28 cm wide. Its rubber deck grips shoes and bare feet, and lines at both ends show where to stand: wide for the first tries, narrower for more work. The foam roller is 11 cm across, quiet, and kind to wooden floors.</p>',
        '<p>Board and roller weigh 2.9 kg and carry up to 120 kg. Begin on a carpet, next to a wall.</p>',
      ),
      ko: html(
        '<p>보드에 올라 중심을 찾고, 양 끝이 바닥에 닿지 않게 버팁니다. 하루 5분이면 발목과 무릎, 몸통을 고루 쓰게 되어 스키 시즌을 준비하는 분에게도, 오래 앉아 일하는 분에게도 알맞습니다.</p>',
        '<p>보드는 길이 78cm, 너비 28cm입니다. 고무 데크는 신발을 신어도 맨발이어도 미끄러지지 않고, 양 끝의 선이 발 놓을 위치를 알려 줍니다. 처음에는 넓게, 익숙해지면 좁게 서 보세요. 지름 11cm의 폼롤러는 소음이 적고 마룻바닥을 긁지 않습니다.</p>',
        '<p>보드와 롤러를 합한 무게는 2.9kg, 최대 사용자 체중은 120kg입니다. 처음에는 카펫 위, 벽 옆에서 시작하세요.</p>',
      ),
      uz: html(
        '<p>Taxtaga chiqing, oʻrtasini toping va ikki uchini polga tekkizmay turing. Kuniga besh daqiqaning oʻzida toʻpiq, tizza va gavda ishlaydi: changʻi mavsumini kutayotganlarga ham, koʻp oʻtirib ishlaydiganlarga ham mos.</p>',
        '<p>Taxtaning uzunligi 78 sm, eni 28 sm. Rezina yuzasida poyabzal ham, yalang oyoq ham sirpanmaydi, ikki chetidagi chiziqlar oyoq qoʻyiladigan joyni koʻrsatadi: avval kengroq turing, keyin oyoqlarni yaqinlashtiring. Diametri 11 sm porolon gʻaltak shovqinsiz, yogʻoch polni tirnamaydi.</p>',
        '<p>Taxta va gʻaltakning ogʻirligi 2,9 kg, vazni 120 kg gacha boʻlgan odamni koʻtaradi. Avval gilam ustida, devor yonida boshlang.</p>',
      ),
    },
    specifications: [
      { attribute: 'length', number: 78 },
      { attribute: 'width', number: 28 },
      { attribute: 'weight', number: 2.9 },
      { attribute: 'max-user-weight', number: 120 },
      {
        attribute: 'material',
        text: {
          en: 'Wood, rubber deck, foam roller',
          ko: '목재, 고무 데크, 폼롤러',
          uz: 'Yogʻoch, rezina yuza, porolon gʻaltak',
        },
      },
      { attribute: 'warranty-years', number: 2 },
      { attribute: 'origin', text: latvia },
    ],
    options: [],
    variants: [
      {
        sku: 'FLW-TILT',
        values: {},
        prices: { USD: 89.0, KRW: 119_900, UZS: 1_110_000 },
        stock: 24,
        weightGrams: 3500,
      },
    ],
    images: [
      {
        file: 'balance-board-1',
        alt: {
          en: 'Wooden balance board with a black rubber deck, tilted on its foam roller',
          ko: '폼롤러 위에 기울어져 놓인, 검은색 고무 데크의 나무 밸런스 보드',
          uz: 'Porolon gʻaltak ustida qiya turgan, qora rezina yuzali yogʻoch muvozanat taxtasi',
        },
      },
    ],
    listedDaysAgo: 33,
  },
  {
    slug: {
      en: 'anvil-hex-dumbbell-pair',
      ko: '앤빌-육각-덤벨-2개-세트',
      uz: 'anvil-olti-qirrali-gantellar-jufti',
    },
    brand: 'forge',
    category: 'free-weights',
    name: {
      en: 'Anvil Hex Dumbbell Pair',
      ko: '앤빌 육각 덤벨 2개 세트',
      uz: 'Anvil olti qirrali gantellar jufti',
    },
    summary: {
      en: 'Two rubber hex dumbbells with knurled steel handles, 5 to 20 kg each, that stay where you put them.',
      ko: '널링 스틸 손잡이의 고무 육각 덤벨 2개. 개당 5~20kg, 내려놓아도 구르지 않습니다.',
      uz: 'Tishli naqshli poʻlat dastali ikkita rezina gantel: har biri 5–20 kg, polda dumalab ketmaydi.',
    },
    description: {
      en: html(
        '<p>Six flat sides: the dumbbell stays where you put it, and stands firm under you for press-ups and rows. The rubber heads land quietly and leave no mark on the floor.</p>',
        '<p>The steel handle is shaped to the palm and knurled: fine enough for long sets, sharp enough for sweaty ones. Each head is pressed on and pinned, so nothing works loose. The weight stands in white on both ends.</p>',
        '<p>You choose the weight of one dumbbell; <strong>the price is for two</strong>. A pair of 12 kg therefore brings 24 kg to your door, so have someone to help from 16 kg up.</p>',
      ),
      ko: html(
        '<p>여섯 면이 평평해 내려놓은 자리에 그대로 있고, 푸시업이나 로우를 할 때도 흔들리지 않습니다. 헤드를 고무로 감싸 내려놓는 소리가 작고 바닥에 자국이 남지 않습니다.</p>',
        '<p>스틸 손잡이는 손바닥 모양에 맞춰 가운데가 도톰합니다. 널링은 세트가 길어도 아프지 않을 만큼 고우면서 땀이 나도 미끄러지지 않습니다. 헤드는 압입 후 핀으로 고정해 헐거워지지 않으며, 양 끝에 무게를 흰 숫자로 표시했습니다.</p>',
        '<p>무게는 덤벨 1개 기준으로 고르며, <strong>가격은 2개 기준</strong>입니다. 12kg을 고르면 총 24kg이 배송됩니다. 16kg부터는 두 사람이 함께 옮기시기를 권합니다.</p>',
      ),
      uz: html(
        '<p>Olti tomoni tekis: gantel qoʻygan joyingizda turadi, qoʻllarga tayanib koʻtarilish va belga tortish mashqlarida ham qoʻl ostida qimirlamaydi. Rezina boshlari shovqinsiz tushadi va polda iz qoldirmaydi.</p>',
        '<p>Poʻlat dasta kaft shaklida, yuzasiga tishli naqsh oʻyilgan: uzoq mashqda qoʻlni shilmaydi, terlaganda sirpanmaydi. Boshlari presslab, shtift bilan mahkamlangan, vaqt oʻtib boʻshab qolmaydi. Ogʻirligi ikki uchida oq raqam bilan yozilgan.</p>',
        '<p>Siz bitta gantelning ogʻirligini tanlaysiz, <strong>narx esa ikkitasi uchun</strong>. Masalan, 12 kg tanlansa, jami 24 kg yetkaziladi. 16 kg dan boshlab yukni ikki kishi koʻtargani maʼqul.</p>',
      ),
    },
    specifications: [
      { attribute: 'pieces', number: 2 },
      { attribute: 'min-load', number: 5 },
      { attribute: 'max-load', number: 20 },
      {
        attribute: 'material',
        text: {
          en: 'Cast iron in rubber, steel handle',
          ko: '고무 코팅 주철, 스틸 손잡이',
          uz: 'Rezina qoplangan choʻyan, poʻlat dasta',
        },
      },
      { attribute: 'warranty-years', number: 5 },
      { attribute: 'origin', text: china },
    ],
    options: [
      {
        code: 'weight',
        name: { en: 'Weight each', ko: '개당 무게', uz: 'Bittasining ogʻirligi' },
        values: [kg(5), kg(8), kg(10), kg(12), kg(16), kg(20)],
      },
    ],
    variants: [
      {
        sku: 'FRG-ANVIL-5',
        values: { weight: '5kg' },
        prices: { USD: 39.9, KRW: 53_900, UZS: 499_000 },
        stock: 66,
        weightGrams: 10_500,
      },
      {
        sku: 'FRG-ANVIL-8',
        values: { weight: '8kg' },
        prices: { USD: 59.9, KRW: 80_900, UZS: 749_000 },
        stock: 58,
        weightGrams: 16_500,
      },
      {
        sku: 'FRG-ANVIL-10',
        values: { weight: '10kg' },
        prices: { USD: 74.9, KRW: 99_900, UZS: 935_000 },
        stock: 71,
        weightGrams: 20_500,
      },
      {
        sku: 'FRG-ANVIL-12',
        values: { weight: '12kg' },
        prices: { USD: 89.9, KRW: 119_900, UZS: 1_120_000 },
        stock: 46,
        weightGrams: 24_600,
        image: 'hex-dumbbell-pair-1',
      },
      {
        sku: 'FRG-ANVIL-16',
        values: { weight: '16kg' },
        prices: { USD: 99.0, KRW: 133_000, UZS: 1_240_000 },
        compareAt: { USD: 119.0, KRW: 159_900, UZS: 1_490_000 },
        stock: 20,
        weightGrams: 32_800,
      },
      {
        sku: 'FRG-ANVIL-20',
        values: { weight: '20kg' },
        prices: { USD: 149.0, KRW: 199_000, UZS: 1_860_000 },
        stock: 3,
        weightGrams: 40_900,
      },
    ],
    images: [
      {
        file: 'hex-dumbbell-pair-1',
        alt: {
          en: 'Pair of black rubber hex dumbbells of 12 kg with knurled steel handles and lime rings',
          ko: '널링 스틸 손잡이와 라임색 링이 있는 12kg 검은색 고무 육각 덤벨 한 쌍',
          uz: 'Tishli naqshli poʻlat dastali va laym rangli halqali, 12 kg li bir juft qora olti qirrali gantel',
        },
      },
    ],
    listedDaysAgo: 240,
  },
  {
    slug: { en: 'crater-slam-ball', ko: '크레이터-슬램볼', uz: 'crater-slembol' },
    brand: 'forge',
    category: 'functional',
    name: { en: 'Crater Slam Ball', ko: '크레이터 슬램볼', uz: 'Crater slembol' },
    summary: {
      en: 'Sand-filled slam ball that lands and stays put; hexagon tread, 28 cm across, 6 to 16 kg.',
      ko: '바닥에 내리쳐도 튀지 않는 모래 충전 슬램볼. 육각 트레드, 지름 28cm, 6~16kg.',
      uz: 'Polga urilganda sakramaydigan, qum toʻldirilgan toʻp: olti burchakli boʻrtmalar, diametri 28 sm, 6–16 kg.',
    },
    description: {
      en: html(
        '<p>Lift it overhead, throw it down, pick it up again. The loose sand filling swallows the impact, so the ball stays at your feet instead of coming back at your face.</p>',
        '<p>Deep hexagon tread gives hold from every side, chalk or no chalk. The seamless rubber shell is 5 mm thick and made for concrete, grass and gym flooring. All weights are 28 cm across, with the figure in a lime ring.</p>',
        '<p>New to slams? Start with about a tenth of your body weight: 6 or 8 kg suit most people, 12 kg and more are for the practised.</p>',
      ),
      ko: html(
        '<p>머리 위로 들어 올려 내리치고, 다시 듭니다. 안에 든 모래가 충격을 흡수해 공이 튀어 오르지 않고 발 앞에 그대로 멈춥니다.</p>',
        '<p>깊은 육각 트레드가 있어 초크 없이도 어느 방향에서든 단단히 잡힙니다. 이음매 없는 5mm 고무 외피는 콘크리트, 잔디, 체육관 바닥에서 모두 쓸 수 있습니다. 무게와 관계없이 지름은 28cm이며, 라임색 원 안에 무게를 표시했습니다.</p>',
        '<p>처음이라면 체중의 10분의 1 정도로 시작하세요. 대부분 6kg이나 8kg이 알맞고, 12kg 이상은 숙련자용입니다.</p>',
      ),
      uz: html(
        '<p>Bosh uzra koʻtaring, yerga uring, yana oling. Ichidagi qum zarbani yutadi: toʻp yuzingizga sakramaydi, oyogʻingiz oldida qoladi.</p>',
        '<p>Chuqur olti burchakli boʻrtmalar tufayli toʻp magneziyasiz ham har tomondan mahkam ushlanadi. Choksiz rezina qobiqning qalinligi 5 mm — beton, maysa va sport zali poliga moʻljallangan. Hammasining diametri 28 sm, ogʻirligi laym rangli halqa ichida yozilgan.</p>',
        '<p>Endi boshlayotgan boʻlsangiz, tana vazningizning oʻndan bir qismini tanlang: koʻpchilikka 6 yoki 8 kg mos keladi, 12 kg va undan ogʻiri — tajribalilar uchun.</p>',
      ),
    },
    specifications: [
      { attribute: 'diameter', number: 28 },
      { attribute: 'thickness', number: 5 },
      {
        attribute: 'material',
        text: { en: 'Rubber shell, sand filling', ko: '고무 외피, 모래 충전', uz: 'Rezina qobiq, ichi qum' },
      },
      { attribute: 'warranty-years', number: 2 },
      { attribute: 'origin', text: vietnam },
    ],
    options: [
      {
        code: 'weight',
        name: { en: 'Weight', ko: '무게', uz: 'Ogʻirlik' },
        values: [kg(6), kg(8), kg(10), kg(12), kg(16)],
      },
    ],
    variants: [
      {
        sku: 'FRG-CRATER-6',
        values: { weight: '6kg' },
        prices: { USD: 34.9, KRW: 46_900, UZS: 435_000 },
        stock: 38,
        weightGrams: 6300,
      },
      {
        sku: 'FRG-CRATER-8',
        values: { weight: '8kg' },
        prices: { USD: 39.9, KRW: 53_900, UZS: 499_000 },
        stock: 45,
        weightGrams: 8300,
      },
      {
        sku: 'FRG-CRATER-10',
        values: { weight: '10kg' },
        prices: { USD: 46.9, KRW: 62_900, UZS: 585_000 },
        stock: 50,
        weightGrams: 10_300,
        image: 'slam-ball-1',
      },
      {
        sku: 'FRG-CRATER-12',
        values: { weight: '12kg' },
        prices: { USD: 45.9, KRW: 61_900, UZS: 575_000 },
        compareAt: { USD: 54.9, KRW: 73_900, UZS: 685_000 },
        stock: 14,
        weightGrams: 12_300,
      },
      {
        sku: 'FRG-CRATER-16',
        values: { weight: '16kg' },
        prices: { USD: 69.9, KRW: 93_900, UZS: 875_000 },
        stock: 0,
        weightGrams: 16_400,
      },
    ],
    images: [
      {
        file: 'slam-ball-1',
        alt: {
          en: 'Black slam ball of 10 kg with a deep hexagon tread and a lime badge ring',
          ko: '깊은 육각 트레드와 라임색 원형 표시가 있는 검은색 10kg 슬램볼',
          uz: 'Chuqur olti burchakli boʻrtmali va laym rangli halqali qora slembol, 10 kg',
        },
      },
    ],
    listedDaysAgo: 180,
  },
  {
    slug: { en: 'glide-ab-wheel', ko: '글라이드-ab-휠', uz: 'glide-press-gildiragi' },
    brand: 'flow',
    category: 'accessories',
    name: { en: 'Glide Ab Wheel', ko: '글라이드 AB 휠', uz: 'Glide press gʻildiragi' },
    summary: {
      en: 'Ab wheel of 0.8 kg with a double tyre that keeps its line, foam handles and a knee pad.',
      ko: '좌우로 흔들리지 않는 이중 타이어와 폼 손잡이의 AB 휠. 무게 0.8kg, 무릎 패드 포함.',
      uz: 'Yoʻlidan chiqmaydigan qoʻsh shinali press gʻildiragi: porolon dasta, tizza tagligi, ogʻirligi 0,8 kg.',
    },
    description: {
      en: html(
        '<p>Two tyres side by side keep the wheel on its line, so your effort goes into the roll-out and not into steering. The tread grips wood, stone and carpet alike.</p>',
        '<p>The wheel is 18 cm across and turns on a steel axle that carries up to 120 kg; with its foam handles it is 33 cm wide and weighs 0.8 kg. It comes apart in a minute and fits in a drawer.</p>',
        '<p>The knee pad in the box is 2.5 cm thick and does not slide.</p>',
      ),
      ko: html(
        '<p>타이어 2개가 나란히 붙어 좌우로 쏠리지 않습니다. 방향을 잡느라 힘을 쓰지 않고 롤아웃 동작에 집중할 수 있습니다. 마루, 타일, 카펫에서 모두 잘 구릅니다.</p>',
        '<p>휠 지름은 18cm이며 스틸 축이 체중 120kg까지 견딥니다. 폼 손잡이를 포함한 너비는 33cm, 무게는 0.8kg입니다. 1분이면 분해해 서랍에 넣을 수 있습니다.</p>',
        '<p>함께 드리는 무릎 패드는 두께 2.5cm로, 바닥에서 밀리지 않습니다.</p>',
      ),
      uz: html(
        '<p>Yonma-yon ikki shina gʻildirakni toʻgʻri yoʻlda tutadi: kuchingiz uni boshqarishga emas, mashqning oʻziga sarflanadi. Protektori yogʻoch pol, plitka va gilamda birdek yuradi.</p>',
        '<p>Gʻildirak diametri 18 sm, poʻlat oʻqi 120 kg gacha koʻtaradi; porolon dastalari bilan eni 33 sm, ogʻirligi 0,8 kg. Bir daqiqada ajraladi va tortmaga sigʻadi.</p>',
        '<p>Toʻplamdagi tizza tagligining qalinligi 2,5 sm, polda surilmaydi.</p>',
      ),
    },
    specifications: [
      { attribute: 'diameter', number: 18 },
      { attribute: 'width', number: 33 },
      { attribute: 'weight', number: 0.8 },
      { attribute: 'max-user-weight', number: 120 },
      {
        attribute: 'material',
        text: {
          en: 'ABS, rubber tyres, steel axle, foam handles',
          ko: 'ABS, 고무 타이어, 스틸 축, 폼 손잡이',
          uz: 'ABS, rezina shina, poʻlat oʻq, porolon dasta',
        },
      },
      { attribute: 'warranty-years', number: 2 },
      { attribute: 'origin', text: china },
    ],
    options: [],
    variants: [
      {
        sku: 'FLW-GLIDE',
        values: {},
        prices: { USD: 24.9, KRW: 33_900, UZS: 310_000 },
        stock: 80,
        weightGrams: 1250,
      },
    ],
    images: [
      {
        file: 'ab-wheel-1',
        alt: {
          en: 'Black ab wheel with a double tyre, lime rims and foam handles, beside a knee pad',
          ko: '이중 타이어와 라임색 림, 폼 손잡이가 있는 검은색 AB 휠과 무릎 패드',
          uz: 'Qoʻsh shinali, laym rangli gardishli va porolon dastali qora press gʻildiragi, yonida tizza tagligi',
        },
      },
    ],
    listedDaysAgo: 75,
  },
  {
    slug: { en: 'clamp-smart-grip-trainer', ko: '클램프-스마트-악력기', uz: 'clamp-aqlli-qol-espanderi' },
    brand: 'pulse',
    category: 'accessories',
    name: { en: 'Clamp Smart Grip Trainer', ko: '클램프 스마트 악력기', uz: 'Clamp aqlli qoʻl espanderi' },
    summary: {
      en: 'Grip trainer that shows the force in kilograms and counts each squeeze; 25, 40 or 55 kg.',
      ko: '쥐는 힘을 kg으로 보여 주고 횟수를 세는 스마트 악력기. 25·40·55kg.',
      uz: 'Siqish kuchini kilogrammda koʻrsatib, sonini sanaydigan qoʻl espanderi: 25, 40 yoki 55 kg.',
    },
    description: {
      en: html(
        '<p>Squeeze and the display shows the force in kilograms; the ring beside it closes as you near the number of squeezes you have set. The count also works without a phone; the Trainium app shows left and right hand over the weeks.</p>',
        '<p>A steel coil spring does the work, and the ribbed handles keep their place in the palm. The trainer weighs 0.21 kg and runs for about a year on one coin cell, which comes with it.</p>',
        '<ul>',
        '<li><strong>25 kg:</strong> for beginners and for warming up</li>',
        '<li><strong>40 kg:</strong> for regular training</li>',
        '<li><strong>55 kg:</strong> for climbers and lifters</li>',
        '</ul>',
      ),
      ko: html(
        '<p>손잡이를 쥐면 힘이 kg 단위로 표시되고, 옆의 원은 정해 둔 횟수에 가까워질수록 채워집니다. 횟수는 휴대폰 없이도 셀 수 있으며, Trainium 앱에서는 왼손과 오른손의 변화를 주 단위로 볼 수 있습니다.</p>',
        '<p>스틸 코일 스프링이 일정한 저항을 주고, 골이 있는 손잡이는 손안에서 돌아가지 않습니다. 무게는 0.21kg이며, 동봉된 코인 배터리 하나로 약 1년 동안 사용합니다.</p>',
        '<ul>',
        '<li><strong>25kg</strong>: 입문용, 준비 운동용</li>',
        '<li><strong>40kg</strong>: 꾸준히 운동하는 분</li>',
        '<li><strong>55kg</strong>: 클라이밍, 역도, 파워리프팅을 하는 분</li>',
        '</ul>',
      ),
      uz: html(
        '<p>Dastani siqsangiz, ekranda kuch kilogrammda koʻrinadi, yonidagi halqa esa belgilangan songa yaqinlashgan sari toʻlib boradi. Sanoq telefonsiz ham ishlaydi; Trainium ilovasi chap va oʻng qoʻl natijalarini hafta kesimida koʻrsatadi.</p>',
        '<p>Qarshilikni poʻlat prujina beradi, qirrali dastalar kaftda aylanib ketmaydi. Espanderning ogʻirligi 0,21 kg, toʻplamdagi bitta tanga batareyada bir yilcha ishlaydi.</p>',
        '<ul>',
        '<li><strong>25 kg:</strong> boshlovchilar va qizdirish mashqlari uchun</li>',
        '<li><strong>40 kg:</strong> muntazam shugʻullanadiganlar uchun</li>',
        '<li><strong>55 kg:</strong> qoyaga tirmashuvchi va shtangachilar uchun</li>',
        '</ul>',
      ),
    },
    specifications: [
      { attribute: 'weight', number: 0.21 },
      {
        attribute: 'material',
        text: {
          en: 'Spring steel, ABS, rubber',
          ko: '스프링강, ABS, 고무',
          uz: 'Prujina poʻlati, ABS, rezina',
        },
      },
      {
        attribute: 'power-supply',
        text: { en: 'CR2032 coin cell', ko: 'CR2032 코인 배터리', uz: 'CR2032 tanga batareya' },
      },
      bluetooth,
      { attribute: 'app', flag: true },
      { attribute: 'warranty-years', number: 2 },
      { attribute: 'origin', text: southKorea },
    ],
    options: [
      {
        code: 'tension',
        name: { en: 'Tension', ko: '강도', uz: 'Siqish kuchi' },
        values: [kg(25), kg(40), kg(55)],
      },
    ],
    variants: [
      {
        sku: 'PLS-CLAMP-25',
        values: { tension: '25kg' },
        prices: { USD: 32.9, KRW: 44_900, UZS: 410_000 },
        stock: 33,
        weightGrams: 310,
      },
      {
        sku: 'PLS-CLAMP-40',
        values: { tension: '40kg' },
        prices: { USD: 32.9, KRW: 44_900, UZS: 410_000 },
        stock: 59,
        weightGrams: 310,
        image: 'hand-grip-trainer-1',
      },
      {
        sku: 'PLS-CLAMP-55',
        values: { tension: '55kg' },
        prices: { USD: 27.9, KRW: 37_900, UZS: 350_000 },
        compareAt: { USD: 34.9, KRW: 46_900, UZS: 435_000 },
        stock: 27,
        weightGrams: 310,
      },
    ],
    images: [
      {
        file: 'hand-grip-trainer-1',
        alt: {
          en: 'Grip trainer with ribbed black handles, a steel spring and a small display reading 40 kg',
          ko: '골이 있는 검은색 손잡이, 스틸 스프링, 40kg을 표시하는 작은 화면의 악력기',
          uz: 'Qirrali qora dastali, poʻlat prujinali, kichik ekranida 40 kg koʻrsatilgan qoʻl espanderi',
        },
      },
    ],
    listedDaysAgo: 5,
  },
];
