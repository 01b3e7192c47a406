//! Words that state something without a number.

/// Verbs behind which the name of an honour stands.
pub(crate) const HONOURED: &[&str] = &[
    "被评选为",
    "评选为",
    "被评为",
    "评为",
    "荣获",
    "喜获",
    "获评",
    "获颁",
    "授予",
    "命名为",
    "认定为",
    "表彰为",
    "荣膺",
    "斩获",
    "摘得",
    "入选",
    "获批",
];

/// Verbs that state an honour where what they give is called one.
pub(crate) const GAINED: &[&str] = &["获得", "取得", "争创", "创建", "创成", "夺得", "捧回"];

/// Verbs of an honour where what follows ends as a list does.
pub(crate) const LISTED: &[&str] = &["入围", "列入", "上榜", "跻身"];

/// How lists of the honoured end.
pub(crate) const LISTS: &[&str] = &["名单", "名录", "百强", "十强", "榜单", "百强镇", "百强县"];

/// What an honour is called.
pub(crate) const AWARDS: &[&str] = &[
    "称号",
    "荣誉",
    "奖",
    "先进",
    "示范",
    "优秀",
    "冠军",
    "表彰",
    "表扬",
    "文明村",
    "文明乡镇",
    "文明单位",
    "卫生乡镇",
    "卫生村",
    "标兵",
    "模范",
    "红旗",
    "百强",
    "十佳",
    "名镇",
    "名村",
    "试点",
    "样板",
];

/// Adverbs of a trend.
pub(crate) const MARKEDLY: &[&str] = &[
    "明显",
    "显著",
    "大幅",
    "大幅度",
    "稳步",
    "持续",
    "不断",
    "逐步",
    "有效",
    "有力",
    "得到进一步",
    "进一步",
    "得到明显",
    "得到有效",
    "得到显著",
    "得到持续",
    "得到",
    "有了明显",
    "有了较大",
    "更加",
    "日益",
    "全面",
    "快速",
    "加速",
];

/// What rises at the end of a clause.
pub(crate) const RISEN: &[&str] = &[
    "提升", "提高", "改善", "增强", "好转", "增长", "增加", "上升", "优化", "加快", "向好", "扩大",
    "完善", "壮大", "夯实", "凸显", "显现", "健全", "巩固", "拓宽", "攀升", "回升", "回暖", "提速",
    "改观", "进步",
];

/// What falls at the end of a clause.
pub(crate) const FALLEN: &[&str] =
    &["下降", "减少", "降低", "回落", "减轻", "遏制", "缓解", "压减", "缩小", "好转下降"];

/// Words that compare.
pub(crate) const COMPARING: &[&str] = &[
    "高于",
    "低于",
    "快于",
    "优于",
    "好于",
    "领先于",
    "领先",
    "超过",
    "位居",
    "位列",
    "走在",
    "处于",
    "跻身",
    "进入",
    "稳居",
    "排名",
    "名列",
    "居",
];

/// With what one compares.
pub(crate) const FIELDS: &[&str] = &[
    "全国", "全省", "全市", "全县", "全区", "全州", "全旗", "全镇", "同类", "周边", "省内", "市内",
    "县内", "平均",
];

/// What a comparison ends with.
pub(crate) const LEVELS: &[&str] = &[
    "平均水平",
    "平均",
    "前列",
    "前茅",
    "水平",
    "第一方阵",
    "第一梯队",
    "先进行列",
    "上游",
    "领先地位",
    "增速",
    "目标",
    "首列",
    "排头",
];

/// Adverbs of completion.
pub(crate) const WHOLLY: &[&str] =
    &["全面", "圆满", "顺利", "如期", "按期", "按时", "超额", "基本", "高质量", "高标准", "提前"];

/// Verbs of completion.
pub(crate) const COMPLETED: &[&str] = &["完成", "建成", "达标", "收官", "落成", "结束"];

/// What happened once, at the end of a clause.
pub(crate) const HAPPENED: &[&str] = &[
    "建成投用",
    "建成投产",
    "竣工投产",
    "竣工验收",
    "建成通车",
    "投入使用",
    "投入运营",
    "投入运行",
    "通过验收",
    "通过评估",
    "通过考核",
    "正式启动",
    "正式运营",
    "正式投产",
    "正式挂牌",
    "挂牌成立",
    "揭牌",
    "竣工",
    "落成",
    "封顶",
    "通车",
    "投用",
    "投产",
    "开工建设",
    "开工",
    "落地",
    "签约",
    "启用",
    "交付使用",
];

/// What was done with success, before what it was done to.
pub(crate) const SUCCEEDED: &[&str] = &[
    "成功举办",
    "成功承办",
    "成功创建",
    "成功引进",
    "成功申报",
    "成功签约",
    "成功争取",
    "成功入选",
    "成功打造",
    "成功化解",
    "成功处置",
    "成功注册",
    "顺利举办",
    "顺利召开",
    "顺利通过",
    "顺利完成",
    "胜利召开",
];

/// What a state ends with.
pub(crate) const STEADY: &[&str] = &[
    "稳定",
    "平稳",
    "良好",
    "有序",
    "可控",
    "向好",
    "健康",
    "安全",
    "充裕",
    "和谐",
    "畅通",
    "良好态势",
    "稳定态势",
];

/// Words that hold a state.
pub(crate) const HELD: &[&str] =
    &["保持", "处于", "总体", "呈现", "持续", "大局", "运行", "秩序", "基本"];

/// Words at the beginning of a clause that tell a purpose or call for something.
pub(crate) const URGING: &[&str] = &[
    "推动",
    "促进",
    "确保",
    "努力",
    "着力",
    "加快",
    "坚持",
    "围绕",
    "力争",
    "为",
    "以",
    "不断",
    "进一步",
    "全力",
    "切实",
    "要",
    "实现",
    "推进",
    "持续",
    "通过",
    "有效",
    "使",
    "让",
    "稳步",
    "更好",
    "助力",
    "带动",
    "引导",
    "加强",
    "强化",
    "提升",
    "深化",
    "积极",
    "大力",
    "深入",
    "扎实",
    "把",
    "将",
    "从而",
    "提高",
    "保障",
    "巩固",
    "力促",
    "支持",
    "争取",
    "抓好",
    "做好",
    "标志",
    "力求",
    "鼓励",
    "促使",
    "致力",
    "用好",
    "帮助",
];
