import type { SeedCategory } from './types.js';

export const categories: SeedCategory[] = [
  {
    code: 'cardio',
    slug: { en: 'cardio', ko: '유산소-운동기구', uz: 'kardio-trenajorlar' },
    name: { en: 'Cardio', ko: '유산소 운동기구', uz: 'Kardio trenajorlar' },
    description: {
      en: 'Treadmills, bikes and rowers for running, riding and rowing at home.',
      ko: '날씨와 상관없이 집에서 하는 유산소 운동, 러닝머신·실내 자전거·로잉머신입니다.',
      uz: 'Uyda yugurish, velosiped haydash va eshkak eshish uchun trenajorlar.',
    },
    image: 'folding-treadmill-1',
  },
  {
    code: 'strength',
    slug: { en: 'strength', ko: '근력-운동기구', uz: 'kuch-trenajorlari' },
    name: { en: 'Strength', ko: '근력 운동기구', uz: 'Kuch trenajorlari' },
    description: {
      en: 'Racks, benches and steel for heavy lifts, built to stand still under load.',
      ko: '무거운 중량에도 흔들리지 않는 랙과 벤치, 근력 운동 기구입니다.',
      uz: 'Katta ogʻirlik ostida ham qimirlamaydigan ramalar, skameykalar va kuch mashqlari jihozlari.',
    },
    image: 'half-power-rack-1',
  },
  {
    code: 'free-weights',
    slug: { en: 'free-weights', ko: '프리웨이트', uz: 'gantel-girya-va-shtangalar' },
    name: { en: 'Free weights', ko: '프리웨이트', uz: 'Gantel, girya va shtangalar' },
    description: {
      en: 'Dumbbells, kettlebells, barbells and plates, up to a loaded bar of 160 kg.',
      ko: '덤벨과 케틀벨부터 160kg 바벨 세트까지, 자유롭게 들고 움직이는 중량 기구입니다.',
      uz: 'Gantel va giryalardan 160 kg li shtanga toʻplamigacha boʻlgan erkin ogʻirliklar.',
    },
    image: 'adjustable-smart-dumbbell-1',
  },
  {
    code: 'functional',
    slug: { en: 'functional-training', ko: '펑셔널-트레이닝', uz: 'funksional-mashqlar' },
    name: { en: 'Functional training', ko: '펑셔널 트레이닝', uz: 'Funksional mashqlar' },
    description: {
      en: 'Balls, bands, rings and boxes for training that uses the whole body.',
      ko: '온몸을 함께 쓰는 볼, 밴드, 링, 점프 박스입니다.',
      uz: 'Butun tanani ishlatadigan mashqlar uchun toʻplar, espanderlar, halqalar va sakrash qutilari.',
    },
    image: 'plyo-box-1',
  },
  {
    code: 'recovery',
    slug: { en: 'recovery', ko: '마사지-회복', uz: 'tiklanish-va-massaj' },
    name: { en: 'Recovery', ko: '마사지·회복', uz: 'Tiklanish va massaj' },
    description: {
      en: 'Massage, rolling and mobility for the hours after training.',
      ko: '운동을 마친 뒤 몸을 풀어 주는 마사지·스트레칭 용품입니다.',
      uz: 'Mashgʻulotdan keyin mushaklarni boʻshashtirish uchun massaj va choʻzilish anjomlari.',
    },
    image: 'massage-gun-1',
  },
  {
    code: 'wearables',
    slug: { en: 'wearables-and-sensors', ko: '웨어러블-센서', uz: 'soat-va-datchiklar' },
    name: { en: 'Wearables and sensors', ko: '웨어러블·센서', uz: 'Soat va datchiklar' },
    description: {
      en: 'Watches, straps and scales that measure heart rate, distance and body weight.',
      ko: '심박수, 거리, 체중을 재는 스포츠 워치·심박계·스마트 체중계입니다.',
      uz: 'Puls, masofa va tana vaznini oʻlchaydigan soatlar, pulsometrlar va tarozilar.',
    },
    image: 'sports-watch-1',
  },
  {
    code: 'smart-training',
    slug: { en: 'smart-training', ko: '스마트-트레이닝', uz: 'aqlli-trenajorlar' },
    name: { en: 'Smart training', ko: '스마트 트레이닝', uz: 'Aqlli trenajorlar' },
    description: {
      en: 'Machines with a display and digital resistance that guide a session and keep the record.',
      ko: '화면과 디지털 중량으로 운동을 안내하고 기록을 남기는 스마트 기구입니다.',
      uz: 'Mashgʻulotni ekranda koʻrsatib boradigan va natijalarni saqlaydigan raqamli trenajorlar.',
    },
    image: 'smart-cable-machine-1',
  },
  {
    code: 'accessories',
    slug: { en: 'accessories', ko: '운동-액세서리', uz: 'aksessuarlar' },
    name: { en: 'Accessories', ko: '운동 액세서리', uz: 'Aksessuarlar' },
    description: {
      en: 'Bags, bottles and small gear for the way to training and back.',
      ko: '운동하러 오가는 길에 챙기는 가방, 물병, 소품입니다.',
      uz: 'Mashgʻulotga olib boriladigan sumkalar, suv idishlari va mayda anjomlar.',
    },
    image: 'gym-bag-1',
  },
];
