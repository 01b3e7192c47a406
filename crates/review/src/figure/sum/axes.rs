//! Kinds by one and the same respect, of which nobody and nothing has two: how somebody is employed,
//! how a petition came in, what a quarrel is about.

/// Kinds by one respect, each in the words that it may be called by.
type Axis = &'static [&'static [&'static str]];

const AXES: &[Axis] = &[
    // How somebody is employed.
    &[
        &["公务员", "行政编", "行政人员", "行政干部"],
        &["事业编", "事业人员", "事业干部", "事业单位人员"],
        &["工勤"],
        &["派遣"],
        &["合同制", "聘用", "编外", "临聘", "临时", "协管", "辅警", "外聘", "临工"],
        &["在编", "编内"],
        &["公益性岗位", "公益岗"],
        &["三支一扶", "西部计划", "大学生村官"],
    ],
    // Ranks of a profession.
    &[
        &["正高"],
        &["高级教师", "高级职称", "副高"],
        &["一级教师", "中级职称", "中级"],
        &["二级教师", "二级及以下", "初级职称", "初级"],
        &["三级教师", "员级", "未定级", "未评级", "无职称"],
    ],
    // What deputies are by their calling.
    &[
        &["工人"],
        &["农民"],
        &["干部"],
        &["知识分子", "专业技术", "科技"],
        &["企业", "工商"],
        &["军人", "武警"],
    ],
    &[&["视力"], &["听力"], &["言语"], &["肢体"], &["智力"], &["精神"], &["多重"]],
    &[&["班子成员", "领导班子"], &["中层"], &["一般干部", "普通干部", "一般人员"]],
    &[&["死亡"], &["伤残"]],
    // How a petition or a complaint came in.
    &[
        &["来信", "信件", "书信"],
        &["来访", "走访", "接访"],
        &["网上", "网络", "网信", "网站", "微信"],
        &["电话", "来电", "热线"],
        &["窗口", "现场", "当面"],
        &["交办", "转办", "移送"],
        &["网格员", "上报"],
    ],
    // What a quarrel is about.
    &[
        &["邻里", "相邻"],
        &["婚姻", "家庭", "婚恋"],
        &["土地", "山林", "林权", "宅基地", "权属"],
        &["劳资", "劳动", "欠薪", "务工"],
        &["合同", "经济", "债务", "借贷"],
        &["交通"],
        &["医疗", "医患"],
        &["损害", "赔偿"],
        &["物业"],
        &["征地", "拆迁", "征迁", "征拆"],
        &["消费"],
        &["涉水", "水事"],
    ],
    &[&["建议"], &["提案", "议案"]],
    // The highest school that somebody went through.
    &[&["研究生", "硕士", "博士"], &["本科"], &["大专", "专科"], &["中专", "高中"], &["初中"]],
    &[&["国道"], &["省道"], &["县道"], &["乡道"], &["村道", "组道"]],
    &[&["滑坡"], &["崩塌"], &["泥石流"], &["塌陷"], &["斜坡"]],
    &[&["脱贫不稳定"], &["边缘易致贫", "边缘户"], &["突发严重困难", "突发"]],
    &[&["一等奖"], &["二等奖"], &["三等奖"], &["优秀奖", "优胜奖", "鼓励奖"]],
];

/// Words by which a label holds more than its own kind.
const WIDE: &[&str] = &["以上", "和", "及其", "各类", "参与", "带动"];

/// Whether each label names another kind by one respect.
pub(super) fn is_of_axis(labels: &[String]) -> bool {
    let wide = |label: &String| WIDE.iter().any(|word| label.contains(word));
    labels.len() >= 2
        && !labels.iter().any(wide)
        && AXES.iter().any(|axis| {
            let kind = |label: &String| {
                axis.iter().position(|words| words.iter().any(|word| label.contains(word)))
            };
            let found: Vec<Option<usize>> = labels.iter().map(kind).collect();
            found.iter().all(Option::is_some)
                && (1..found.len()).all(|at| !found[..at].contains(&found[at]))
        })
}
