#include "core/ingest/sample/Wording.h"

#include <array>
#include <numeric>

namespace transept::sample {
namespace {

using Words = std::vector<std::string_view>;

/// What a language has to say about one theme.
struct Theme
{
    std::string_view genre;
    Words nouns;
    Words adjectives;
    Words clauses; ///< complete the sentence "It ..." / "它……"
};

const std::array<Theme, themeCount>& english() // NOLINT(readability-function-size): a table
{
    static const std::array<Theme, themeCount> themes{{
        {"Sea and voyage",
         {"Harbour", "Tide", "Lighthouse", "Voyage", "Island", "Sailor", "Storm", "Reef"},
         {"Salt", "Drifting", "Northern", "Stormy", "Deep", "Windward"},
         {"follows a crew across a stormy ocean",
          "listens to tides, gulls and rigging",
          "charts islands that no map shows",
          "is full of sails, harbours and long swells",
          "waits for a ship beyond the lighthouse"}},
        {"Space and future",
         {"Orbit", "Star", "Signal", "Planet", "Machine", "Colony", "Comet", "Android"},
         {"Distant", "Silver", "Weightless", "Electric", "Cosmic", "Synthetic"},
         {"imagines a colony between the stars",
          "asks what a thinking machine owes its makers",
          "travels faster than light and pays for it",
          "hums with engines, satellites and radio signals",
          "looks back at a small blue planet"}},
        {"Crime and mystery",
         {"Detective", "Clue", "Witness", "Shadow", "Verdict", "Alibi", "Cipher", "Suspect"},
         {"Missing", "Cold", "Silent", "Locked", "False", "Midnight"},
         {"opens with a body in a locked room",
          "hides the murderer in plain sight",
          "follows a tired detective through rain and lies",
          "turns on one forgotten clue",
          "keeps the suspects talking until dawn"}},
        {"Love and longing",
         {"Heart", "Letter", "Promise", "Summer", "Kiss", "Wedding", "Rose", "Embrace"},
         {"Tender", "Secret", "Endless", "Broken", "Sweet", "Faithful"},
         {"tells of two people who meet too late",
          "lingers on letters, glances and first kisses",
          "is about a marriage that learns to forgive",
          "lets a summer romance grow old",
          "holds its breath before every confession"}},
        {"War and history",
         {"Soldier", "Empire", "Siege", "Banner", "Frontier", "Regiment", "Treaty", "Fortress"},
         {"Burning", "Fallen", "Iron", "Last", "Forgotten", "Bitter"},
         {"marches with a regiment through a lost campaign",
          "recalls an empire in its final winter",
          "weighs orders against conscience in the trenches",
          "rebuilds a siege from diaries and maps",
          "counts what a victory cost"}},
        {"Magic and myth",
         {"Dragon", "Witch", "Oracle", "Forest", "Crown", "Spell", "Giant", "Raven"},
         {"Enchanted", "Ancient", "Hidden", "Golden", "Cursed", "Moonlit"},
         {"retells an old myth with new monsters",
          "sends an apprentice witch into the forest",
          "binds a dragon with a promise",
          "lets the oracle be wrong for once",
          "is thick with spells, omens and crowns"}},
        {"Laughter and satire",
         {"Fool", "Parade", "Neighbour", "Office", "Circus", "Scandal", "Banquet", "Mayor"},
         {"Ridiculous", "Polite", "Cheerful", "Absurd", "Clumsy", "Borrowed"},
         {"makes fun of mayors, managers and itself",
          "piles one misunderstanding on another",
          "finds the joke in every office corridor",
          "ends in a banquet that goes wonderfully wrong",
          "is quick, silly and sharper than it looks"}},
        {"Nature and quiet",
         {"River", "Garden", "Mountain", "Meadow", "Heron", "Winter", "Stone", "Orchard"},
         {"Quiet", "Green", "Slow", "Wild", "Misty", "Patient"},
         {"walks slowly along a river",
          "watches herons, frost and the turning leaves",
          "spends a year in an orchard",
          "is calm, wide and nearly wordless",
          "finds shelter in a mountain hut"}},
        {"City and night",
         {"Street", "Neon", "Taxi", "Rooftop", "Subway", "Jazz", "Window", "Alley"},
         {"Restless", "Blue", "Crowded", "Smoky", "Sleepless", "Urban"},
         {"drives a taxi through neon rain",
          "plays jazz in a smoky basement",
          "listens at the windows of a crowded street",
          "spends one sleepless night on the rooftops",
          "moves to the rhythm of the last subway"}},
        {"Family and memory",
         {"Daughter",
          "Kitchen",
          "Inheritance",
          "Cradle",
          "Village",
          "Grandfather",
          "Photograph",
          "Homecoming"},
         {"Old", "Shared", "Lost", "Gentle", "Unspoken", "Faded"},
         {"follows three generations of one family",
          "opens a box of faded photographs",
          "returns to the village for a funeral",
          "listens to what grandparents never said",
          "gathers brothers and sisters around a kitchen table"}},
    }};
    return themes;
}

const std::array<Theme, themeCount>& chinese() // NOLINT(readability-function-size): a table
{
    static const std::array<Theme, themeCount> themes{{
        {"海洋与航行",
         {"港湾", "潮汐", "灯塔", "远航", "孤岛", "水手", "风暴", "礁石"},
         {"咸涩", "漂流", "北方", "汹涌", "深沉", "迎风"},
         {"跟随一船水手穿越风暴中的大洋",
          "倾听潮水、海鸥与缆绳的声音",
          "描绘地图上没有的岛屿",
          "写满了风帆、港口和长浪",
          "在灯塔之外等待一艘船"}},
        {"太空与未来",
         {"轨道", "星辰", "信号", "行星", "机器", "殖民地", "彗星", "机器人"},
         {"遥远", "银色", "失重", "电光", "浩瀚", "人造"},
         {"想象群星之间的一座殖民地",
          "追问会思考的机器亏欠创造者什么",
          "以超光速旅行并付出代价",
          "回响着引擎、卫星和无线电信号",
          "回望一颗小小的蓝色行星"}},
        {"罪案与谜团",
         {"侦探", "线索", "证人", "暗影", "判决", "密码", "嫌犯", "密室"},
         {"失踪", "冰冷", "沉默", "上锁", "虚假", "午夜"},
         {"从密室中的一具尸体开始",
          "把凶手藏在众目睽睽之下",
          "跟着疲惫的侦探穿过雨夜与谎言",
          "因一条被遗忘的线索而反转",
          "让嫌疑人一直说到天亮"}},
        {"爱情与思念",
         {"心", "情书", "诺言", "夏天", "初吻", "婚礼", "玫瑰", "拥抱"},
         {"温柔", "秘密", "无尽", "破碎", "甜蜜", "忠贞"},
         {"讲述两个相遇太晚的人",
          "流连于书信、目光和初吻",
          "写一段学会原谅的婚姻",
          "让一场夏日恋情慢慢变老",
          "在每一次告白之前屏住呼吸"}},
        {"战争与历史",
         {"士兵", "帝国", "围城", "旗帜", "边境", "军团", "条约", "要塞"},
         {"燃烧", "陷落", "钢铁", "最后", "遗忘", "苦涩"},
         {"随一支军团走过败北的战役",
          "回忆帝国最后的冬天",
          "在战壕里衡量命令与良心",
          "用日记和地图还原一场围城",
          "清点一场胜利的代价"}},
        {"魔法与神话",
         {"巨龙", "女巫", "神谕", "森林", "王冠", "咒语", "巨人", "渡鸦"},
         {"魔幻", "古老", "隐秘", "金色", "受咒", "月光"},
         {"用新的怪物重述古老的神话",
          "把见习女巫送进森林",
          "用一个诺言束缚巨龙",
          "让神谕终于错了一次",
          "充满咒语、预兆与王冠"}},
        {"欢笑与讽刺",
         {"傻瓜", "游行", "邻居", "办公室", "马戏团", "丑闻", "宴会", "市长"},
         {"荒唐", "礼貌", "快活", "荒诞", "笨拙", "借来"},
         {"取笑市长、经理和自己",
          "让误会一个接着一个",
          "在办公室走廊里找到笑料",
          "以一场精彩搞砸的宴会收尾",
          "轻快、滑稽，却比看上去更犀利"}},
        {"自然与宁静",
         {"河流", "花园", "山岳", "草地", "白鹭", "冬日", "石头", "果园"},
         {"安静", "青翠", "缓慢", "荒野", "薄雾", "耐心"},
         {"沿着河流慢慢行走",
          "凝望白鹭、霜雪和落叶",
          "在果园里度过一年",
          "平静、辽阔，几乎无言",
          "在山间小屋里找到庇护"}},
        {"都市与夜晚",
         {"街道", "霓虹", "出租车", "屋顶", "地铁", "爵士", "窗口", "小巷"},
         {"不安", "蓝色", "拥挤", "烟雾", "无眠", "都会"},
         {"在霓虹雨夜里开着出租车",
          "在烟雾弥漫的地下室演奏爵士",
          "在拥挤街道的窗下倾听",
          "在屋顶上度过无眠之夜",
          "随着末班地铁的节奏移动"}},
        {"家庭与记忆",
         {"女儿", "厨房", "遗产", "摇篮", "村庄", "祖父", "照片", "归乡"},
         {"陈旧", "共有", "失落", "温和", "未说出口", "褪色"},
         {"跟随一个家庭的三代人",
          "打开一盒褪色的照片",
          "为一场葬礼回到村庄",
          "倾听祖辈从未说出的话",
          "让兄弟姐妹围坐在厨房桌旁"}},
    }};
    return themes;
}

const Theme& themeOf(std::size_t theme, Language language)
{
    return language == Language::English ? english()[theme] : chinese()[theme];
}

std::string pick(const Words& words, Random& random)
{
    return std::string(words[static_cast<std::size_t>(random.below(words.size()))]);
}

const Words& openings(Kind kind, Language language)
{
    static const Words all[2][3] = {
        {{"This novel", "The book", "The story"},
         {"This film", "The picture", "The story"},
         {"This album", "The record", "The music"}},
        {{"这部小说", "这本书", "故事"}, {"这部电影", "影片", "故事"}, {"这张专辑", "唱片", "音乐"}}};
    return all[language == Language::English ? 0 : 1][static_cast<std::size_t>(kind)];
}

const Words& plainSentences(Language language)
{
    static const Words englishOnes{"Critics were divided.",
                                   "A new edition with a longer preface is available.",
                                   "It took four years to make.",
                                   "Some know it from a school reading list.",
                                   "The cover shows a single line of type."};
    static const Words chineseOnes{"评论界意见不一。",
                                   "新版附有更长的序言。",
                                   "创作历时四年。",
                                   "有人是从课堂书单上知道它的。",
                                   "封面上只有一行字。"};
    return language == Language::English ? englishOnes : chineseOnes;
}

} // namespace

std::size_t draw(std::span<const double> weights, Random& random)
{
    const double total = std::accumulate(weights.begin(), weights.end(), 0.0);
    double left = random.uniform() * total;
    for (std::size_t at = 0; at + 1 < weights.size(); ++at) {
        left -= weights[at];
        if (left < 0.0) {
            return at;
        }
    }
    return weights.size() - 1;
}

std::string_view genreOf(std::size_t theme, Language language)
{
    return themeOf(theme, language).genre;
}

std::string titleOf(const ThemeMix& mix, Kind kind, Language language, Random& random)
{
    const Theme& first = themeOf(draw(mix, random), language);
    const Theme& second = themeOf(draw(mix, random), language);
    const std::uint64_t pattern = random.below(4);
    const std::string adjective = pick(first.adjectives, random);
    const std::string noun = pick(first.nouns, random);
    const std::string other = pick(second.nouns, random);
    if (language == Language::Chinese) {
        const bool same = noun == other;
        switch (pattern) {
        case 0:
            return adjective + "的" + noun;
        case 1:
            return same ? adjective + "之" + noun : noun + "与" + other;
        case 2:
            return noun + (kind == Kind::Album ? "之歌" : "往事");
        default:
            return same ? noun + "记" : adjective + noun + "：" + other;
        }
    }
    switch (pattern) {
    case 0:
        return "The " + adjective + " " + noun;
    case 1:
        return noun == other ? adjective + " " + noun : noun + " and " + other;
    case 2:
        return kind == Kind::Album ? adjective + " " + noun + " Songs" : "A " + noun + " in the " + other;
    default:
        return noun == other ? noun : "The " + noun + " of the " + adjective + " " + other;
    }
}

std::string descriptionOf(const ThemeMix& mix, Kind kind, Language language, Random& random)
{
    const bool isEnglish = language == Language::English;
    const std::uint64_t sentences = 3 + random.below(3);
    std::string text;
    for (std::uint64_t sentence = 0; sentence < sentences; ++sentence) {
        if (sentence > 0 && isEnglish) {
            text += ' ';
        }
        if (sentence > 0 && random.below(5) == 0) {
            text += pick(plainSentences(language), random);
            continue;
        }
        const Theme& theme = themeOf(draw(mix, random), language);
        const std::string opening =
            sentence == 0 ? pick(openings(kind, language), random) : (isEnglish ? "It" : "它");
        text += opening + (isEnglish ? " " : "") + pick(theme.clauses, random) + (isEnglish ? "." : "。");
    }
    return text;
}

std::string creatorName(Kind kind, Language language, Random& random)
{
    static const Words given{"Ada",  "Boris", "Clara",   "Dmitri", "Elena", "Farid", "Greta",
                             "Hugo", "Ines",  "Jonas",   "Kaya",   "Leila", "Marek", "Nora",
                             "Otis", "Petra", "Quentin", "Rosa",   "Sven",  "Tilda"};
    static const Words family{"Abernathy", "Bellweather", "Castellan", "Dunmore",   "Eastlake",
                              "Fairbanks", "Greaves",     "Holloway",  "Ibarra",    "Jansson",
                              "Kowalczyk", "Lindqvist",   "Marchetti", "Novak",     "Okonjo",
                              "Pemberton", "Rasmussen",   "Silvestri", "Thornbury", "Vasquez"};
    static const Words surname{"王", "李", "张", "刘", "陈", "杨", "赵", "黄", "周", "吴", "徐", "孙"};
    static const Words name{
        "若溪", "明远", "思雨", "子轩", "雅琴", "浩然", "静怡", "文博", "晓岚", "天佑", "雪梅", "志清"};
    if (language == Language::Chinese) {
        const std::string person = pick(surname, random) + pick(name, random);
        return kind == Kind::Album && random.below(2) == 0 ? person + "乐队" : person;
    }
    const std::string last = pick(family, random);
    return kind == Kind::Album && random.below(2) == 0 ? "The " + last + " Band"
                                                       : pick(given, random) + " " + last;
}

} // namespace transept::sample
