<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="zh_CN">
<context>
    <name>DataWords</name>
    <message>
        <source>no given part</source>
        <translation>无指定部分</translation>
    </message>
    <message>
        <source>train</source>
        <translation>训练</translation>
    </message>
    <message>
        <source>validation</source>
        <translation>验证</translation>
    </message>
    <message>
        <source>test</source>
        <translation>测试</translation>
    </message>
    <message>
        <source>leave out</source>
        <translation>忽略</translation>
    </message>
    <message>
        <source>user</source>
        <translation>用户</translation>
    </message>
    <message>
        <source>item</source>
        <translation>物品</translation>
    </message>
    <message>
        <source>value</source>
        <translation>数值</translation>
    </message>
    <message>
        <source>time</source>
        <translation>时间</translation>
    </message>
    <message>
        <source>domain</source>
        <translation>领域</translation>
    </message>
    <message>
        <source>part</source>
        <translation>部分</translation>
    </message>
    <message>
        <source>title</source>
        <translation>标题</translation>
    </message>
    <message>
        <source>field</source>
        <translation>字段</translation>
    </message>
    <message>
        <source>text</source>
        <translation>文本</translation>
    </message>
    <message>
        <source>interactions</source>
        <translation>交互</translation>
    </message>
    <message>
        <source>items</source>
        <translation>物品</translation>
    </message>
    <message>
        <source>users</source>
        <translation>用户</translation>
    </message>
    <message>
        <source>links between users</source>
        <translation>用户之间的关联</translation>
    </message>
    <message>
        <source>a row a line</source>
        <translation>每行一条记录</translation>
    </message>
    <message>
        <source>one JSON object of items</source>
        <translation>由物品组成的一个 JSON 对象</translation>
    </message>
    <message>
        <source>comma</source>
        <translation>逗号</translation>
    </message>
    <message>
        <source>tab</source>
        <translation>制表符</translation>
    </message>
    <message>
        <source>semicolon</source>
        <translation>分号</translation>
    </message>
    <message>
        <source>vertical bar</source>
        <translation>竖线</translation>
    </message>
    <message>
        <source>blank</source>
        <translation>空格</translation>
    </message>
    <message>
        <source>none</source>
        <translation>无</translation>
    </message>
    <message>
        <source>keep the last</source>
        <translation>保留最后一条</translation>
    </message>
    <message>
        <source>keep the first</source>
        <translation>保留第一条</translation>
    </message>
    <message>
        <source>take the mean of the values</source>
        <translation>取数值的平均</translation>
    </message>
    <message>
        <source>add the values up</source>
        <translation>数值相加</translation>
    </message>
    <message>
        <source>keep all</source>
        <translation>全部保留</translation>
    </message>
    <message>
        <source>reject all but the first</source>
        <translation>只接受第一条，拒绝其余</translation>
    </message>
    <message>
        <source>running</source>
        <translation>运行中</translation>
    </message>
    <message>
        <source>finished</source>
        <translation>已完成</translation>
    </message>
    <message>
        <source>interrupted</source>
        <translation>已中断</translation>
    </message>
    <message>
        <source>failed</source>
        <translation>失败</translation>
    </message>
    <message>
        <source>cancelled</source>
        <translation>已取消</translation>
    </message>
    <message>
        <source>a user a line: item|time …</source>
        <translation>每行一个用户：物品|时间 …</translation>
    </message>
    <message>
        <source>a user a line: item, item …</source>
        <translation>每行一个用户：物品, 物品 …</translation>
    </message>
    <message>
        <source>negative</source>
        <translation>负例</translation>
    </message>
    <message>
        <source>negatives</source>
        <translation>负例</translation>
    </message>
    <message>
        <source>negatives of a pair</source>
        <translation>一对交互的负例</translation>
    </message>
</context>
<context>
    <name>FacetFigureText</name>
    <message>
        <source>%1 of %2 items have facets, %3 in all, %4 of them edited; %5 items failed.</source>
        <translation>%2 个物品中有 %1 个有方面，共 %3 条，其中 %4 条经过编辑；%5 个物品失败。</translation>
    </message>
    <message>
        <source>It cost %1 tokens in and %2 out</source>
        <translation>花费了 %1 个输入词元和 %2 个输出词元</translation>
    </message>
    <message>
        <source>%1, %2 %3.</source>
        <comment>tokens, money, currency</comment>
        <translation>%1，%2 %3。</translation>
    </message>
    <message>
        <source>%1; the model has no price.</source>
        <comment>tokens</comment>
        <translation>%1；该模型没有价格。</translation>
    </message>
    <message>
        <source>Facet</source>
        <translation>方面</translation>
    </message>
    <message>
        <source>Coverage</source>
        <translation>覆盖率</translation>
    </message>
    <message>
        <source>Texts</source>
        <translation>文本数</translation>
    </message>
    <message>
        <source>Commonest</source>
        <translation>最常见</translation>
    </message>
    <message>
        <source>Share</source>
        <translation>占比</translation>
    </message>
    <message>
        <source>Length</source>
        <translation>长度</translation>
    </message>
    <message>
        <source>Edited</source>
        <translation>已编辑</translation>
    </message>
    <message>
        <source>Share of the items of its domains that have the facet</source>
        <translation>其领域的物品中有此方面的占比</translation>
    </message>
    <message>
        <source>Distinct texts</source>
        <translation>不同文本的数量</translation>
    </message>
    <message>
        <source>The most frequent text</source>
        <translation>出现最多的文本</translation>
    </message>
    <message>
        <source>Share of the facets with the most frequent text</source>
        <translation>文本为最常见者的方面占比</translation>
    </message>
    <message>
        <source>Mean length of a text, in characters</source>
        <translation>文本的平均长度（字符数）</translation>
    </message>
    <message>
        <source>Facets that somebody changed, struck out or added</source>
        <translation>有人修改、划去或添加过的方面</translation>
    </message>
    <message>
        <source>Agree</source>
        <translation>一致</translation>
    </message>
    <message>
        <source>Share of the items of which both say something that agree</source>
        <translation>双方都有说法的物品中说法一致的占比</translation>
    </message>
    <message>
        <source>The server answered %1 calls, after %2 retries; %3 of the replies fitted as they first came.</source>
        <translation>服务器应答了 %1 次调用，其间重试 %2 次；首次即符合要求的回复占 %3。</translation>
    </message>
</context>
<context>
    <name>Forecast</name>
    <message>
        <source>%1 (%2 to %3)</source>
        <comment>figure, its interval</comment>
        <translation>%1（%2 至 %3）</translation>
    </message>
    <message>
        <source>Nobody has a history that is long enough. Lower the shortest one, or import titles.</source>
        <translation>没有人的历史足够长。请调低最短历史，或导入标题。</translation>
    </message>
    <message>
        <source>No item has a text in these fields. Choose others, or import item texts first.</source>
        <translation>没有物品在这些字段中有文本。请选择其他字段，或先导入物品文本。</translation>
    </message>
    <message numerus="yes">
        <source>%Ln item(s) with text; costs nothing.</source>
        <translation>
            <numerusform>%Ln 个物品有文本；不花费用。</numerusform>
        </translation>
    </message>
    <message>
        <source>%1 histories, %2 requests, about %3 tokens in and %4 out</source>
        <translation>%1 份历史，%2 个请求，约 %3 个输入词元和 %4 个输出词元</translation>
    </message>
    <message>
        <source>%1 items, %2 requests, about %3 tokens in and %4 out</source>
        <translation>%1 个物品，%2 个请求，约 %3 个输入词元和 %4 个输出词元</translation>
    </message>
    <message>
        <source>%1 %2</source>
        <comment>amount of money, currency</comment>
        <translation>%1 %2</translation>
    </message>
    <message numerus="yes">
        <source>%Ln item(s) answered already</source>
        <translation>
            <numerusform>%Ln 个物品已有回答</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>judged by %Ln real call(s)</source>
        <translation>
            <numerusform>根据 %Ln 次真实请求估计</numerusform>
        </translation>
    </message>
    <message>
        <source>; </source>
        <comment>between parts of a sentence</comment>
        <translation>；</translation>
    </message>
    <message>
        <source>The server answers. Models: %1</source>
        <translation>服务器有应答。模型：%1</translation>
    </message>
    <message>
        <source>chat</source>
        <translation>对话</translation>
    </message>
    <message>
        <source>replies to a schema</source>
        <translation>按模式回复</translation>
    </message>
    <message>
        <source>replies as JSON</source>
        <translation>以 JSON 回复</translation>
    </message>
    <message>
        <source>system messages</source>
        <translation>系统消息</translation>
    </message>
    <message>
        <source>embeddings of length %1</source>
        <translation>长度为 %1 的嵌入</translation>
    </message>
    <message>
        <source>several texts at once</source>
        <translation>一次多条文本</translation>
    </message>
    <message>
        <source>tells its tokens</source>
        <translation>报告词元数</translation>
    </message>
    <message>
        <source>The server can do: %1</source>
        <translation>服务器能做：%1</translation>
    </message>
</context>
<context>
    <name>KeyVault</name>
    <message>
        <source>The keychain did not say why.</source>
        <translation>密钥环没有说明原因。</translation>
    </message>
</context>
<context>
    <name>ListQuestion</name>
    <message>
        <source>None of the lassoed items is left to recommend to this person.</source>
        <translation>圈选的物品中没有可再推荐给此人的。</translation>
    </message>
    <message>
        <source>Nothing is left to recommend to this person.</source>
        <translation>没有可再推荐给此人的物品。</translation>
    </message>
    <message>
        <source>folded in</source>
        <translation>即时推算</translation>
    </message>
    <message>
        <source>This person came after the run was trained: the list follows from what they have done since, without training.</source>
        <translation>此人在该运行训练之后才出现：推荐列表根据其此后的行为得出，无需训练。</translation>
    </message>
    <message>
        <source>no new items</source>
        <translation>无新物品</translation>
    </message>
    <message>
        <source>No item has come since this run read its data that people whom it knows had to do with.</source>
        <translation>该运行读取数据之后，没有出现过其认识的人有过交互的新物品。</translation>
    </message>
</context>
<context>
    <name>MapPicture</name>
    <message>
        <source>in no test</source>
        <translation>不在任何测试中</translation>
    </message>
    <message numerus="yes">
        <source>%Ln interaction(s)</source>
        <translation>
            <numerusform>%Ln 次交互</numerusform>
        </translation>
    </message>
    <message>
        <source>off by %1</source>
        <translation>误差 %1</translation>
    </message>
    <message>
        <source>missed by %1</source>
        <translation>漏掉率 %1</translation>
    </message>
</context>
<context>
    <name>Numbers</name>
    <message>
        <source>%1 %</source>
        <extracomment>a share of a whole; %1 is the number</extracomment>
        <translation>%1%</translation>
    </message>
    <message>
        <source>&lt; 1 s</source>
        <translation>&lt; 1 秒</translation>
    </message>
    <message>
        <source>%1 s</source>
        <translation>%1 秒</translation>
    </message>
    <message>
        <source>%1 min %2 s</source>
        <translation>%1 分 %2 秒</translation>
    </message>
    <message>
        <source>%1 h %2 min</source>
        <translation>%1 小时 %2 分</translation>
    </message>
    <message>
        <source>%1 d %2 h</source>
        <translation>%1 天 %2 小时</translation>
    </message>
</context>
<context>
    <name>QObject</name>
    <message>
        <source>A whole number between %1 and %2 is needed here.</source>
        <translation>这里需要 %1 到 %2 之间的整数。</translation>
    </message>
    <message>
        <source>A number between %1 and %2 is needed here.</source>
        <translation>这里需要 %1 到 %2 之间的数。</translation>
    </message>
</context>
<context>
    <name>Quality</name>
    <message>
        <source>Near items of %1 are consumed together %2 times as often as others as popular (95 % interval %3 to %4).</source>
        <comment>domains, a factor, its interval</comment>
        <translation>%1 的近邻物品被同一批用户消费的频率是同等热度的其他物品的 %2 倍（95% 区间 %3 至 %4）。</translation>
    </message>
    <message>
        <source>Near items of %1 are not clearly consumed together more often than others as popular: %2 times (95 % interval %3 to %4).</source>
        <comment>domains, a factor, its interval</comment>
        <translation>%1 的近邻物品并不明显比同等热度的其他物品更常被同一批用户消费：%2 倍（95% 区间 %3 至 %4）。</translation>
    </message>
    <message>
        <source>Near items of one domain are consumed together %1 to %2 times as often as others as popular; clearly more often in %3 of %4 domains.</source>
        <comment>two factors, two counts</comment>
        <translation>同一领域内，近邻物品被同一批用户消费的频率是同等热度的其他物品的 %1 至 %2 倍；%4 个领域中有 %3 个明显更常见。</translation>
    </message>
    <message>
        <source>Near items of two domains are consumed together %1 to %2 times as often as others as popular; clearly more often in %3 of %4 pairs of domains.</source>
        <comment>two factors, two counts</comment>
        <translation>两个领域之间，近邻物品被同一批用户消费的频率是同等热度的其他物品的 %1 至 %2 倍；%4 对领域中有 %3 对明显更常见。</translation>
    </message>
    <message>
        <source>Too little was consumed together of the items that it knows to say anything of near items.</source>
        <translation>它所了解的物品被共同消费得太少，无法评价近邻物品。</translation>
    </message>
    <message>
        <source>It has no facets to look at.</source>
        <translation>它没有可供查看的方面。</translation>
    </message>
    <message>
        <source>No facet tells what is consumed together.</source>
        <translation>没有哪个方面能说明哪些物品会被共同消费。</translation>
    </message>
    <message>
        <source>Of the facets %1 tells most (%2): %3 of the pairs consumed together share it, %4 by chance.</source>
        <comment>facet, domains, two shares</comment>
        <translation>各方面中“%1”提供的信息最多（%2）：被共同消费的物品对中有 %3 取值相同，随机情况下为 %4。</translation>
    </message>
    <message>
        <source>Every item has facets of its own.</source>
        <translation>每个物品的方面都与众不同。</translation>
    </message>
    <message>
        <source>Every item has a vector of its own.</source>
        <translation>每个物品的向量都与众不同。</translation>
    </message>
    <message>
        <source>%1 of %2 items have the same facets as another.</source>
        <comment>two counts</comment>
        <translation>%2 个物品中有 %1 个的方面与另一个物品相同。</translation>
    </message>
    <message>
        <source>%1 of %2 items have the same vector as another.</source>
        <comment>two counts</comment>
        <translation>%2 个物品中有 %1 个的向量与另一个物品相同。</translation>
    </message>
    <message>
        <source>%1: it shares %2 of the %3 nearest items with %4 (%5 to %6; by chance %7).</source>
        <comment>domain, share, number, knowledge base, interval, share</comment>
        <translation>%1：%3 个最近物品中有 %2 与 %4 相同（%5 至 %6；随机为 %7）。</translation>
    </message>
    <message>
        <source>%1 was not looked at: %2</source>
        <comment>domain, a sentence</comment>
        <translation>%1 未查看：%2</translation>
    </message>
    <message>
        <source>Facet</source>
        <translation>方面</translation>
    </message>
    <message>
        <source>Items of</source>
        <translation>物品所属</translation>
    </message>
    <message>
        <source>Together</source>
        <translation>共同消费</translation>
    </message>
    <message>
        <source>By chance</source>
        <translation>随机</translation>
    </message>
    <message>
        <source>Signal (mbit)</source>
        <translation>信号（毫比特）</translation>
    </message>
    <message>
        <source>Noise (mbit)</source>
        <translation>噪声（毫比特）</translation>
    </message>
    <message>
        <source>p</source>
        <translation>p</translation>
    </message>
    <message>
        <source>Share of the pairs of items of one person that have a value in common</source>
        <translation>同一用户的物品对中取值有相同之处的比例</translation>
    </message>
    <message>
        <source>The same of pairs of items of two people, as popular</source>
        <translation>同等热度、不同用户的物品对中的相应比例</translation>
    </message>
    <message>
        <source>Mutual information of &quot;a value in common&quot; and &quot;consumed together&quot;, in thousandths of a bit; at most 1,000</source>
        <translation>“取值有相同之处”与“被共同消费”的互信息，单位为千分之一比特；最多 1,000</translation>
    </message>
    <message>
        <source>What values that are dealt anew do not exceed in 97.5 % of the cases</source>
        <translation>重新随机分配取值时，97.5% 的情况下不会超过的数值</translation>
    </message>
    <message>
        <source>How often values that are dealt anew among items as popular tell as much</source>
        <translation>在同等热度的物品间重新随机分配取值时，信息同样多的频率</translation>
    </message>
    <message>
        <source>Same</source>
        <translation>相同</translation>
    </message>
    <message>
        <source>Items</source>
        <translation>物品</translation>
    </message>
    <message>
        <source>For example</source>
        <translation>例如</translation>
    </message>
    <message>
        <source>facets</source>
        <translation>方面</translation>
    </message>
    <message>
        <source>vector</source>
        <translation>向量</translation>
    </message>
    <message>
        <source>Same value</source>
        <translation>取值相同</translation>
    </message>
    <message>
        <source>Same word</source>
        <translation>词相同</translation>
    </message>
    <message>
        <source>With the facet in both knowledge bases</source>
        <translation>在两个知识库中都有该方面</translation>
    </message>
    <message>
        <source>Share of the items with a value in common</source>
        <translation>取值有相同之处的物品比例</translation>
    </message>
    <message>
        <source>The same with the facets of another item</source>
        <translation>换成另一物品的方面时的相应比例</translation>
    </message>
    <message>
        <source>Share of the items with a word in common</source>
        <translation>词有相同之处的物品比例</translation>
    </message>
</context>
<context>
    <name>RunEstimate</name>
    <message>
        <source>%1 to %2</source>
        <extracomment>how long a run will take: 3 s to 20 s</extracomment>
        <translation>%1 至 %2</translation>
    </message>
    <message>
        <source>about %1</source>
        <translation>约 %1</translation>
    </message>
    <message>
        <source>%1, %2</source>
        <extracomment>time and memory of a run</extracomment>
        <translation>%1，%2</translation>
    </message>
</context>
<context>
    <name>SegmentWords</name>
    <message>
        <source>Items by lasso</source>
        <translation>按圈选划分的物品</translation>
    </message>
    <message>
        <source>lassoed items</source>
        <translation>圈选的物品</translation>
    </message>
</context>
<context>
    <name>Sentences</name>
    <message>
        <source>queued</source>
        <translation>排队中</translation>
    </message>
    <message>
        <source>running</source>
        <translation>运行中</translation>
    </message>
    <message>
        <source>paused</source>
        <translation>已暂停</translation>
    </message>
    <message>
        <source>interrupted</source>
        <translation>已中断</translation>
    </message>
    <message>
        <source>failed</source>
        <translation>失败</translation>
    </message>
    <message>
        <source>cancelled</source>
        <translation>已取消</translation>
    </message>
    <message>
        <source>finished</source>
        <translation>已完成</translation>
    </message>
    <message>
        <source>explicit</source>
        <translation>显式</translation>
    </message>
    <message>
        <source>implicit</source>
        <translation>隐式</translation>
    </message>
    <message>
        <source>, </source>
        <translation>、</translation>
    </message>
    <message>
        <source>%1 and %2</source>
        <translation>%1 和 %2</translation>
    </message>
    <message>
        <source>%1 %2</source>
        <comment>a sentence and the next</comment>
        <translation>%1%2</translation>
    </message>
</context>
<context>
    <name>errors</name>
    <message>
        <source>The disk is full: %1 was not written. Free some space and try again.</source>
        <translation>磁盘已满：%1 没有写入。请腾出空间后重试。</translation>
    </message>
    <message>
        <source>%1 cannot be written (%2). Choose another place, or change its permissions.</source>
        <translation>%1 无法写入（%2）。请换一个位置，或修改其权限。</translation>
    </message>
    <message>
        <source>Stopped. What was done so far is kept.</source>
        <translation>已停止。到目前为止完成的部分均已保留。</translation>
    </message>
    <message>
        <source>%1, line %2, column %3: this is not valid JSON. Correct the text there; quotes, commas and brackets are the usual causes.</source>
        <translation>%1 第 %2 行第 %3 列：不是有效的 JSON。请更正该处的文本；常见原因是引号、逗号和括号。</translation>
    </message>
    <message>
        <source>%1 holds a number that is too large to be read. Write a smaller one.</source>
        <translation>%1 中有一个数过大，无法读取。请写一个较小的数。</translation>
    </message>
    <message>
        <source>%1 must be a JSON object with the keys %2.</source>
        <translation>%1 必须是含有键 %2 的 JSON 对象。</translation>
    </message>
    <message>
        <source>%1 is not known here. Did you mean %2? Allowed are: %3.</source>
        <translation>这里没有 %1。您是指 %2 吗？可用的有：%3。</translation>
    </message>
    <message>
        <source>%1 is not known here. Allowed are: %2.</source>
        <translation>这里没有 %1。可用的有：%2。</translation>
    </message>
    <message>
        <source>%1 must be a whole number.</source>
        <translation>%1 必须是整数。</translation>
    </message>
    <message>
        <source>%1 must be a number.</source>
        <translation>%1 必须是数。</translation>
    </message>
    <message>
        <source>%1 must be a text, one of %2.</source>
        <translation>%1 必须是文本，取以下之一：%2。</translation>
    </message>
    <message>
        <source>%1 must be true or false.</source>
        <translation>%1 必须是 true 或 false。</translation>
    </message>
    <message>
        <source>%1 must be a text.</source>
        <translation>%1 必须是文本。</translation>
    </message>
    <message>
        <source>%1 is %2; it must lie between %3 and %4 (the default is %5).</source>
        <translation>%1 是 %2；它必须在 %3 到 %4 之间（默认为 %5）。</translation>
    </message>
    <message>
        <source>%1 is &quot;%2&quot;; it must be one of %3. Did you mean %4?</source>
        <translation>%1 是“%2”；它必须是以下之一：%3。您是指 %4 吗？</translation>
    </message>
    <message>
        <source>%1 is &quot;%2&quot;; it must be one of %3.</source>
        <translation>%1 是“%2”；它必须是以下之一：%3。</translation>
    </message>
    <message>
        <source>An interaction of the domain %1 names an account or an item that the workspace does not hold. Restore the workspace from a backup copy, or import the domain again.</source>
        <translation>领域 %1 的一条交互指向工作区中不存在的账号或物品。请从备份恢复工作区，或重新导入该领域。</translation>
    </message>
    <message>
        <source>The domain %1 is named twice in the selection. Name each domain once, as the target or as a source.</source>
        <translation>选择中两次写了领域 %1。每个领域只能写一次，作为目标或作为来源。</translation>
    </message>
    <message>
        <source>split.ratios must be three numbers of 0 or more, those of training and test above 0, as in [0.8, 0.1, 0.1].</source>
        <translation>split.ratios 必须是三个不小于 0 的数，训练和测试的必须大于 0，例如 [0.8, 0.1, 0.1]。</translation>
    </message>
    <message>
        <source>split.validation must be a share from 0 to below 1.</source>
        <translation>split.validation 必须是从 0 到小于 1 的比例。</translation>
    </message>
    <message>
        <source>split.share must be a share between 0 and 1.</source>
        <translation>split.share 必须是 0 到 1 之间的比例。</translation>
    </message>
    <message>
        <source>split.folds must be 2 or more.</source>
        <translation>split.folds 必须不小于 2。</translation>
    </message>
    <message>
        <source>split.fold is %1; with %2 folds it must be from 0 to %3.</source>
        <translation>split.fold 是 %1；分为 %2 折时它必须在 0 到 %3 之间。</translation>
    </message>
    <message>
        <source>%1: there is no measure %2. Did you mean %3?</source>
        <translation>%1：没有指标 %2。您是指 %3 吗？</translation>
    </message>
    <message>
        <source>%1: there is no measure %2. There are %3.</source>
        <translation>%1：没有指标 %2。可用的有：%3。</translation>
    </message>
    <message>
        <source>%1: the measure %2 has no K; write %2 in place of %3.</source>
        <translation>%1：指标 %2 没有 K；请写 %2 而不是 %3。</translation>
    </message>
    <message>
        <source>%1: the measure %2 needs a K, as in %2@10.</source>
        <translation>%1：指标 %2 需要 K，例如 %2@10。</translation>
    </message>
    <message>
        <source>%1: the K of %2 must be a whole number from 1 to %3, as in %4@10.</source>
        <translation>%1：%2 的 K 必须是 1 到 %3 的整数，例如 %4@10。</translation>
    </message>
    <message>
        <source>Training ran away in epoch %1: the loss is no longer a number. Lower the learning rate or raise the regularisation.</source>
        <translation>训练在第 %1 轮发散：损失不再是数。请降低学习率或提高正则化。</translation>
    </message>
    <message>
        <source>%1 is &quot;%2&quot;, but the workspace is empty. Import data first.</source>
        <translation>%1 是“%2”，但工作区是空的。请先导入数据。</translation>
    </message>
    <message>
        <source>%1 is &quot;%2&quot;; there is no such domain. Did you mean %4? There are: %3.</source>
        <translation>%1 是“%2”；没有这个领域。您是指 %4 吗？现有：%3。</translation>
    </message>
    <message>
        <source>%1 is &quot;%2&quot;; there is no such domain. There are: %3.</source>
        <translation>%1 是“%2”；没有这个领域。现有：%3。</translation>
    </message>
    <message>
        <source>%1 needs people who act in %2 and in a source domain; nobody does in %3. Choose another source, or link the accounts first.</source>
        <translation>%1 需要既在 %2 又在来源领域活动的人；在 %3 中没有这样的人。请选择其他来源，或先关联账号。</translation>
    </message>
    <message>
        <source>%1 needs a source domain. Name one or several under data.sources.</source>
        <translation>%1 需要来源领域。请在 data.sources 中写出一个或多个。</translation>
    </message>
    <message>
        <source>The knowledge base %1 is not finished (it is %2). Resume its extraction, or choose another one.</source>
        <translation>知识库 %1 尚未完成（状态为 %2）。请继续提取，或选择其他知识库。</translation>
    </message>
    <message>
        <source>The knowledge base %1 knows no item of %2. Extract knowledge for that domain, or choose another knowledge base.</source>
        <translation>知识库 %1 不认识 %2 的任何物品。请为该领域提取知识，或选择其他知识库。</translation>
    </message>
    <message>
        <source>%1 needs knowledge of the items. Name a knowledge base under &quot;knowledge&quot;; the command &quot;transept knowledge&quot; extracts one.</source>
        <translation>%1 需要物品的知识。请在“knowledge”中写出知识库；命令“transept knowledge”可以提取。</translation>
    </message>
    <message>
        <source>split.kind given needs interactions of %1 that were imported as parts train and test. Import the files with --part, or choose another split.</source>
        <translation>split.kind given 需要 %1 中作为 train 和 test 部分导入的交互。请用 --part 导入文件，或选择其他划分。</translation>
    </message>
    <message>
        <source>%1 learns from ratings, and %2 holds implicit feedback. Choose a method for implicit feedback, or another target.</source>
        <translation>%1 从评分中学习，而 %2 只有隐式反馈。请选择适用于隐式反馈的方法，或换一个目标。</translation>
    </message>
    <message>
        <source>%1 is %2, but the ratings of %3 end at %4: nothing would be left. Lower it.</source>
        <translation>%1 是 %2，但 %3 的评分最高为 %4：那样什么也不剩。请降低它。</translation>
    </message>
    <message>
        <source>Run %1 is being worked on already, here or by another program.</source>
        <translation>运行 %1 已在进行，可能在这里，也可能在另一个程序中。</translation>
    </message>
    <message>
        <source>Run %1 is %2: only queued and interrupted runs can be started.</source>
        <translation>运行 %1 的状态为 %2：只有排队中和已中断的运行可以启动。</translation>
    </message>
    <message>
        <source>%1 must be %2.</source>
        <translation>%1 必须是 %2。</translation>
    </message>
    <message>
        <source>%1 names %2 twice. Once is enough.</source>
        <translation>%1 两次写了 %2。写一次即可。</translation>
    </message>
    <message>
        <source>data.target is missing. Name the domain whose items are recommended.</source>
        <translation>缺少 data.target。请写出要推荐其物品的领域。</translation>
    </message>
    <message>
        <source>data.sources names %1, which is the target. Take it out of the list: a domain helps another one.</source>
        <translation>data.sources 写了 %1，而它就是目标。请将其从列表中去掉：来源领域应当帮助另一个领域。</translation>
    </message>
    <message>
        <source>split.ratios is %1. The three shares (training, validation, test) must add up to 1; training and test must be above 0.</source>
        <translation>split.ratios 是 %1。三个比例（训练、验证、测试）之和必须为 1；训练和测试必须大于 0。</translation>
    </message>
    <message>
        <source>split.fold is %1; with %2 folds it must lie between 0 and %3.</source>
        <translation>split.fold 是 %1；分为 %2 折时它必须在 0 到 %3 之间。</translation>
    </message>
    <message>
        <source>threads does not belong in a spec: it is a setting of the machine and never changes a result. Take it out, and use --threads or the settings instead.</source>
        <translation>threads 不属于规格：它是机器的设置，从不改变结果。请将其去掉，改用 --threads 或设置。</translation>
    </message>
    <message>
        <source>transept is %1, but this program reads specs of version 1. Write &quot;transept&quot;: 1, or update the program.</source>
        <translation>transept 是 %1，但本程序读取版本 1 的规格。请写“transept”: 1，或更新程序。</translation>
    </message>
    <message>
        <source>shuffle_knowledge is true, but there is no knowledge to shuffle. Name a knowledge base under &quot;knowledge&quot;, or take shuffle_knowledge out.</source>
        <translation>shuffle_knowledge 为 true，但没有可打乱的知识。请在“knowledge”中写出知识库，或去掉 shuffle_knowledge。</translation>
    </message>
    <message>
        <source>%1 is missing. A spec needs at least {&quot;data&quot;: {&quot;target&quot;: DOMAIN}, &quot;method&quot;: {&quot;name&quot;: METHOD}}.</source>
        <translation>缺少 %1。规格至少需要 {&quot;data&quot;: {&quot;target&quot;: DOMAIN}, &quot;method&quot;: {&quot;name&quot;: METHOD}}。</translation>
    </message>
    <message>
        <source>There is no place %1 in the spec. A path is words joined by dots, as in method.alpha=0.3.</source>
        <translation>规格中没有 %1 这个位置。路径由点连接的词组成，例如 method.alpha=0.3。</translation>
    </message>
    <message>
        <source>%1 cannot be read (%2). Check the disk and the permissions, then try again.</source>
        <translation>%1 无法读取（%2）。请检查磁盘和权限，然后重试。</translation>
    </message>
    <message>
        <source>There is no file %1. Check the name and the folder.</source>
        <translation>没有文件 %1。请检查名称和文件夹。</translation>
    </message>
    <message>
        <source>%1 is a folder. Choose a file in it.</source>
        <translation>%1 是文件夹。请选择其中的一个文件。</translation>
    </message>
    <message>
        <source>%1 may not be read. Check the permissions of the file.</source>
        <translation>没有读取 %1 的权限。请检查文件权限。</translation>
    </message>
    <message>
        <source>%1 is not a readable gzip file. Unpack it, or fetch it again.</source>
        <translation>%1 不是可读的 gzip 文件。请先解压，或重新获取。</translation>
    </message>
    <message>
        <source>%1 is damaged or not complete. Fetch the file again.</source>
        <translation>%1 已损坏或不完整。请重新获取该文件。</translation>
    </message>
    <message>
        <source>There is no column %1. Did you mean %3? The columns are: %2.</source>
        <translation>没有列 %1。您是指 %3 吗？现有的列：%2。</translation>
    </message>
    <message>
        <source>There is no column %1. The columns are: %2.</source>
        <translation>没有列 %1。现有的列：%2。</translation>
    </message>
    <message>
        <source>A quote opens in this line and does not close. Correct it, or read quotes as text.</source>
        <translation>这一行的引号没有闭合。请更正，或把引号当作文本读取。</translation>
    </message>
    <message>
        <source>Text follows a closing quote. Double the quotes within a field, or read them as text.</source>
        <translation>闭合引号之后还有文本。请将字段内的引号写成两个，或把引号当作文本读取。</translation>
    </message>
    <message>
        <source>The row has %1 fields instead of %2.</source>
        <translation>该行有 %1 个字段，而不是 %2 个。</translation>
    </message>
    <message>
        <source>%1 holds JSON, of which only one object of lists is read. Convert it to CSV first.</source>
        <translation>%1 是 JSON，只能读取由列表组成的单个对象。请先转换为 CSV。</translation>
    </message>
    <message>
        <source>%1 has no rows. Choose another file, or say that its first line is no header.</source>
        <translation>%1 没有数据行。请选择其他文件，或说明其第一行不是表头。</translation>
    </message>
    <message>
        <source>%1, line %2: %3 Nothing was imported, because the first bad row was to stop it.</source>
        <translation>%1 第 %2 行：%3 什么也没有导入，因为已要求遇到第一个错误行时停止。</translation>
    </message>
    <message>
        <source>%1 is not the file any more that the import began with: it has changed before line %2. Import it again from the start.</source>
        <translation>%1 已不是开始导入时的文件：第 %2 行之前的内容已变更。请从头重新导入。</translation>
    </message>
    <message>
        <source>%1: none of the %2 rows fits. Line %3: %4 Check the delimiter and what the columns hold.</source>
        <translation>%1：%2 行中没有一行符合。第 %3 行：%4 请检查分隔符和各列的内容。</translation>
    </message>
    <message>
        <source>There is no import %1.</source>
        <translation>没有导入 %1。</translation>
    </message>
    <message>
        <source>The import %1 is complete.</source>
        <translation>导入 %1 已完成。</translation>
    </message>
    <message>
        <source>The import %1 is still running.</source>
        <translation>导入 %1 仍在进行。</translation>
    </message>
    <message>
        <source>The user is empty.</source>
        <translation>用户为空。</translation>
    </message>
    <message>
        <source>The item is empty.</source>
        <translation>物品为空。</translation>
    </message>
    <message>
        <source>The domain of the item %1 is not known: no description of it was imported before.</source>
        <translation>物品 %1 的领域未知：此前没有导入过它的描述。</translation>
    </message>
    <message>
        <source>The item %1 is in several domains, so the row could belong to any.</source>
        <translation>物品 %1 属于多个领域，无法确定该行属于哪一个。</translation>
    </message>
    <message>
        <source>%1 &quot;%2&quot; is not a finite number.</source>
        <translation>%1“%2”不是有限的数。</translation>
    </message>
    <message>
        <source>%1 &quot;%2&quot; is not a number.</source>
        <translation>%1“%2”不是数。</translation>
    </message>
    <message>
        <source>%1 &quot;%2&quot; is not a time: seconds or milliseconds since 1970, or a date such as 2016-05-31 or 2016-05-31T12:00:00Z.</source>
        <translation>%1“%2”不是时间：应为自 1970 年起的秒数或毫秒数，或 2016-05-31、2016-05-31T12:00:00Z 这样的日期。</translation>
    </message>
    <message>
        <source>&quot;%1&quot; is no part: train, valid or test.</source>
        <translation>“%1”不是部分：应为 train、valid 或 test。</translation>
    </message>
    <message>
        <source>The user %1 has the item %2 already.</source>
        <translation>用户 %1 已有物品 %2。</translation>
    </message>
    <message>
        <source>This is not a member of a JSON object.</source>
        <translation>这不是 JSON 对象的成员。</translation>
    </message>
    <message>
        <source>The value of %1 is not a number, a text or a list of these.</source>
        <translation>%1 的值不是数、文本或它们的列表。</translation>
    </message>
    <message>
        <source>The file is not valid JSON from here on. Nothing behind this place was read.</source>
        <translation>文件从此处起不是有效的 JSON。此处之后的内容没有读取。</translation>
    </message>
    <message>
        <source>The options of the import have a value of the wrong type.</source>
        <translation>导入选项中有一个值的类型不对。</translation>
    </message>
    <message>
        <source>%1: no column is known to hold the %2. The columns are: %3. Say which one it is, by name or number, or choose another delimiter.</source>
        <translation>%1：不知道哪一列是%2。现有的列：%3。请按名称或编号指定，或选择其他分隔符。</translation>
    </message>
    <message>
        <source>%1: a file of links needs two columns of users, one for each platform. The columns are: %2.</source>
        <translation>%1：关联文件需要两列用户，每个平台一列。现有的列：%2。</translation>
    </message>
    <message>
        <source>%1: two columns have the role %2. Choose one of them.</source>
        <translation>%1：有两列的角色都是%2。请选择其中一列。</translation>
    </message>
    <message>
        <source>A column names the domain and %1 is given as well. Leave one out.</source>
        <translation>已有一列写明领域，同时又指定了 %1。请去掉其一。</translation>
    </message>
    <message>
        <source>%1: no domain is named. Name it, or the column that holds it.</source>
        <translation>%1：没有写明领域。请写出领域，或写出包含它的列。</translation>
    </message>
    <message>
        <source>Interactions belong to one domain, and %1 are named. Only descriptions of items can be shared by several domains.</source>
        <translation>交互属于一个领域，而这里写了 %1 个。只有物品描述可以由多个领域共享。</translation>
    </message>
    <message>
        <source>Links join the accounts of two platforms: name both, separated by a comma, in the order of the columns.</source>
        <translation>关联连接两个平台的账号：请按列的顺序写出两个平台，用逗号分隔。</translation>
    </message>
    <message>
        <source>The domains shall come from the items, and there are no items. Import the descriptions of the items first.</source>
        <translation>领域应取自物品，但还没有物品。请先导入物品描述。</translation>
    </message>
    <message>
        <source>The domains shall come from the items, and there are several platforms: %1. Name one.</source>
        <translation>领域应取自物品，但有多个平台：%1。请写出一个。</translation>
    </message>
    <message>
        <source>%1: no platform is named for these users. Name it, or one of its domains.</source>
        <translation>%1：没有为这些用户写明平台。请写出平台，或其一个领域。</translation>
    </message>
    <message>
        <source>There is no part %1. A part is train, valid or test.</source>
        <translation>没有部分 %1。部分应为 train、valid 或 test。</translation>
    </message>
    <message>
        <source>There is no preset %1. Did you mean %3? There are: %2.</source>
        <translation>没有预设 %1。您是指 %3 吗？现有：%2。</translation>
    </message>
    <message>
        <source>There is no preset %1. There are: %2.</source>
        <translation>没有预设 %1。现有：%2。</translation>
    </message>
    <message>
        <source>Line %1 is longer than %2 MiB. Check the delimiter and the line ends of the file.</source>
        <translation>第 %1 行超过 %2 MiB。请检查文件的分隔符和换行符。</translation>
    </message>
    <message>
        <source>The row holds a zero byte, which no text has.</source>
        <translation>该行含有零字节，而文本中不应有。</translation>
    </message>
    <message>
        <source>The row is not valid %1 text. Choose another encoding if many rows are so.</source>
        <translation>该行不是有效的 %1 文本。如果很多行都这样，请选择其他编码。</translation>
    </message>
    <message>
        <source>%1 could not be written. Check the free space and the folder&apos;s permissions.</source>
        <translation>%1 无法写入。请检查剩余空间和文件夹权限。</translation>
    </message>
    <message>
        <source>%1 exists already. Choose another name, or remove it first.</source>
        <translation>%1 已存在。请换一个名称，或先将其移走。</translation>
    </message>
    <message>
        <source>The folder %1 could not be made. Check the permissions of the folder above it.</source>
        <translation>无法创建文件夹 %1。请检查上级文件夹的权限。</translation>
    </message>
    <message>
        <source>The line has a user and no event.</source>
        <translation>该行有用户但没有事件。</translation>
    </message>
    <message>
        <source>%1 is not an event of the form item|time.</source>
        <translation>%1 不是“物品|时间”形式的事件。</translation>
    </message>
    <message>
        <source>The domain is empty.</source>
        <translation>领域为空。</translation>
    </message>
    <message>
        <source>The domain &quot;%1&quot; is none of those that were named.</source>
        <translation>领域“%1”不在所写的领域之中。</translation>
    </message>
    <message>
        <source>%1 is a %2 file, not a text file. Unpack or convert it to CSV first.</source>
        <translation>%1 是 %2 文件，不是文本文件。请先解压或转换为 CSV。</translation>
    </message>
    <message>
        <source>%1 is not a text file: it holds binary data. Choose a delimited text file.</source>
        <translation>%1 不是文本文件：它含有二进制数据。请选择带分隔符的文本文件。</translation>
    </message>
    <message>
        <source>%1 is empty. Choose another file.</source>
        <translation>%1 是空的。请选择其他文件。</translation>
    </message>
    <message>
        <source>There is no user %1 on the platform %2.</source>
        <translation>平台 %2 上没有用户 %1。</translation>
    </message>
    <message>
        <source>The reply does not hold one vector for each text.</source>
        <translation>回复中的向量与文本不是一一对应。</translation>
    </message>
    <message>
        <source>There is no extractor %1. There are: %2. Did you mean %3?</source>
        <translation>没有提取器 %1。现有：%2。您是指 %3 吗？</translation>
    </message>
    <message>
        <source>There is no extractor %1. There are: %2.</source>
        <translation>没有提取器 %1。现有：%2。</translation>
    </message>
    <message>
        <source>The workspace has no items to extract knowledge from. Import data first.</source>
        <translation>工作区没有可提取知识的物品。请先导入数据。</translation>
    </message>
    <message>
        <source>No item has a field %1. There are: %2. Did you mean %3?</source>
        <translation>没有物品含有字段 %1。现有：%2。您是指 %3 吗？</translation>
    </message>
    <message>
        <source>No item has a field %1. There are: %2.</source>
        <translation>没有物品含有字段 %1。现有：%2。</translation>
    </message>
    <message>
        <source>The knowledge base needs a name that does not start or end with a blank.</source>
        <translation>知识库需要一个首尾没有空格的名称。</translation>
    </message>
    <message>
        <source>The host of %1 is not known. Check the address of the server.</source>
        <translation>找不到 %1 的主机。请检查服务器地址。</translation>
    </message>
    <message>
        <source>%1 does not answer. Check that the server runs and that its address is right.</source>
        <translation>%1 没有应答。请检查服务器是否在运行、地址是否正确。</translation>
    </message>
    <message>
        <source>%1 took longer than %2 s. Raise the time limit or use a smaller model.</source>
        <translation>%1 超过了 %2 秒。请提高时限或使用更小的模型。</translation>
    </message>
    <message>
        <source>The certificate of %1 could not be trusted (%2). Nothing was sent.</source>
        <translation>无法信任 %1 的证书（%2）。没有发送任何内容。</translation>
    </message>
    <message>
        <source>%1 is not the address of a server. Write it as http://host:port/v1.</source>
        <translation>%1 不是服务器地址。请写成 http://host:port/v1。</translation>
    </message>
    <message>
        <source>The exchange with %1 failed (%2). Try again.</source>
        <translation>与 %1 的通信失败（%2）。请重试。</translation>
    </message>
    <message>
        <source>Items cannot be coloured by %1. Choose one of: %2.</source>
        <translation>物品不能按 %1 着色。请选择：%2。</translation>
    </message>
    <message>
        <source>No item of these domains has a text in the chosen fields. Import item descriptions, or choose other fields.</source>
        <translation>这些领域中没有物品在所选字段里有文本。请导入物品描述，或选择其他字段。</translation>
    </message>
    <message>
        <source>The item is not in the chosen domains.</source>
        <translation>该物品不在所选领域中。</translation>
    </message>
    <message>
        <source>No word of this item&apos;s text stands in another item&apos;s text as well.</source>
        <translation>该物品文本中没有任何词出现在其他物品的文本中。</translation>
    </message>
    <message>
        <source>%1 refused the key (HTTP %2). Put a valid key into the environment or the keychain: the setting key_env names the variable.</source>
        <translation>%1 拒绝了密钥（HTTP %2）。请在环境变量或密钥环中放入有效密钥：设置 key_env 写明变量名。</translation>
    </message>
    <message>
        <source>%1 is not there, or the server does not have this model (%2). Check both.</source>
        <translation>%1 不存在，或服务器没有这个模型（%2）。请检查两者。</translation>
    </message>
    <message>
        <source>The server did not accept the request (HTTP %1): %2</source>
        <translation>服务器没有接受请求（HTTP %1）：%2</translation>
    </message>
    <message>
        <source>The server&apos;s limit is reached (HTTP 429): %1 Go on later; nothing is asked twice.</source>
        <translation>已达到服务器的限额（HTTP 429）：%1 请稍后继续；不会重复询问。</translation>
    </message>
    <message>
        <source>%1 answered HTTP %2: %3 Try again later.</source>
        <translation>%1 返回 HTTP %2：%3 请稍后重试。</translation>
    </message>
    <message>
        <source>%1 did not answer as an OpenAI-compatible server does. Check the address.</source>
        <translation>%1 的应答不符合 OpenAI 兼容服务器的格式。请检查地址。</translation>
    </message>
    <message>
        <source>The knowledge base %1 is not finished (%2). Go on with its extraction, or choose another.</source>
        <translation>知识库 %1 尚未完成（%2）。请继续提取，或选择其他知识库。</translation>
    </message>
    <message>
        <source>%1 is no name for a facet. Write words separated by commas: topic, mood.</source>
        <translation>%1 不能作为方面的名称。请写用逗号分隔的词：topic, mood。</translation>
    </message>
    <message>
        <source>Name between 1 and %1 facets, separated by commas: topic, mood.</source>
        <translation>请写出 1 到 %1 个方面，用逗号分隔：topic, mood。</translation>
    </message>
    <message>
        <source>The reply holds no message.</source>
        <translation>回复中没有消息。</translation>
    </message>
    <message>
        <source>The reply was cut at the token limit. Raise max_tokens or ask for fewer facets.</source>
        <translation>回复在词元上限处被截断。请提高 max_tokens 或减少方面。</translation>
    </message>
    <message>
        <source>The reply is not the JSON object that was asked for.</source>
        <translation>回复不是所要求的 JSON 对象。</translation>
    </message>
    <message>
        <source>settings.url is empty. Give the address of a server: http://host:port/v1.</source>
        <translation>settings.url 为空。请给出服务器地址：http://host:port/v1。</translation>
    </message>
    <message>
        <source>settings.model is empty. Give the name of a model that the server has.</source>
        <translation>settings.model 为空。请给出服务器上的模型名称。</translation>
    </message>
    <message>
        <source>This item has no text in the chosen fields.</source>
        <translation>该物品在所选字段中没有文本。</translation>
    </message>
    <message>
        <source>The method carried-bias carries a user&apos;s bias from the ratings of a source domain to the ratings of %1. Choose a target and a source with ratings.</source>
        <translation>方法 carried-bias 把用户在来源领域评分中的偏置带到 %1 的评分。请选择都有评分的目标和来源。</translation>
    </message>
    <message>
        <source>The method %1 needs a knowledge base for the domain %2.</source>
        <translation>方法 %1 需要领域 %2 的知识库。</translation>
    </message>
    <message>
        <source>The knowledge base has no term weights for the domain %1. Choose the features &quot;vectors&quot;, or a base of the extractor &quot;lexical&quot;.</source>
        <translation>知识库没有领域 %1 的词项权重。请选择特征“vectors”，或提取器“lexical”的知识库。</translation>
    </message>
    <message>
        <source>The domain %1 has no ratings to predict. Set &quot;predict&quot; to &quot;order&quot;, or choose a domain with ratings.</source>
        <translation>领域 %1 没有可预测的评分。请将“predict”设为“order”，或选择有评分的领域。</translation>
    </message>
    <message>
        <source>The domain %1 has no ratings that this similarity could compare. Set &quot;similarity&quot; to &quot;cosine&quot; or &quot;bm25&quot;.</source>
        <translation>领域 %1 没有可供这种相似度比较的评分。请将“similarity”设为“cosine”或“bm25”。</translation>
    </message>
    <message>
        <source>The training diverged in epoch %1: its numbers are no longer finite. Lower the learning rate (now %2) or raise the regularisation.</source>
        <translation>训练在第 %1 轮发散：数值不再有限。请降低学习率（现为 %2）或提高正则化。</translation>
    </message>
    <message>
        <source>The stored model does not belong to this data or is damaged. Run its spec again.</source>
        <translation>保存的模型不属于这些数据或已损坏。请重新运行其规格。</translation>
    </message>
    <message>
        <source>This method is fitted again instead of restored.</source>
        <translation>该方法会重新拟合，而不是恢复。</translation>
    </message>
    <message>
        <source>There is no method %1. Did you mean %2? There are: %3.</source>
        <translation>没有方法 %1。您是指 %2 吗？现有：%3。</translation>
    </message>
    <message>
        <source>There is no method %1. There are: %2.</source>
        <translation>没有方法 %1。现有：%2。</translation>
    </message>
    <message>
        <source>The system of equations has no unique solution in the computer&apos;s precision. Raise the regularisation (lambda).</source>
        <translation>在计算机精度下方程组没有唯一解。请提高正则化（lambda）。</translation>
    </message>
    <message>
        <source>The run&apos;s knowledge base has no such similarity for the domain %1. Choose a knowledge base that covers this domain, or the similarity &quot;both&quot;.</source>
        <translation>该运行的知识库没有领域 %1 的这种相似度。请选择覆盖该领域的知识库，或相似度“both”。</translation>
    </message>
    <message>
        <source>The method %1 needs a knowledge base with vectors for the items of the domain %2.</source>
        <translation>方法 %1 需要含有领域 %2 物品向量的知识库。</translation>
    </message>
    <message>
        <source>Run %1 (%2) kept no predictions: its method ranks items and predicts no ratings, or it is not finished. Export lists instead.</source>
        <translation>运行 %1（%2）没有保存预测：其方法只排序物品而不预测评分，或尚未完成。请改为导出推荐列表。</translation>
    </message>
    <message>
        <source>Run %1 kept no lists: it is not finished, or its measures are of ratings only. Run it with a ranking measure such as ndcg@10.</source>
        <translation>运行 %1 没有保存推荐列表：它尚未完成，或其指标只针对评分。请加上 ndcg@10 之类的排序指标再运行。</translation>
    </message>
    <message>
        <source>The method %1 learns no factors. Export its lists or predictions instead.</source>
        <translation>方法 %1 不学习因子。请改为导出其推荐列表或预测。</translation>
    </message>
    <message>
        <source>This user has no interaction in the data of the run (target %1). Choose another user, or a run on other domains.</source>
        <translation>该用户在此运行的数据中没有交互（目标为 %1）。请选择其他用户，或其他领域的运行。</translation>
    </message>
    <message>
        <source>There is no user %1: the workspace is empty. Import data first.</source>
        <translation>没有用户 %1：工作区是空的。请先导入数据。</translation>
    </message>
    <message>
        <source>There is no user %1 on the platform %2. Users are named as in the imported file, for example %3.</source>
        <translation>平台 %2 上没有用户 %1。用户名与导入文件中的一致，例如 %3。</translation>
    </message>
    <message>
        <source>There is no user %1. Users are named as in the imported file, for example %2.</source>
        <translation>没有用户 %1。用户名与导入文件中的一致，例如 %2。</translation>
    </message>
    <message>
        <source>The user %1 is on several platforms (%2). Say which one (--platform).</source>
        <translation>用户 %1 在多个平台上（%2）。请指明是哪一个（--platform）。</translation>
    </message>
    <message>
        <source>The domain %1 belongs to the platform %2, not %3. Choose another name for the domain, or import to its platform.</source>
        <translation>领域 %1 属于平台 %2，而不是 %3。请为领域换一个名称，或导入到其所属平台。</translation>
    </message>
    <message>
        <source>The domain %1 holds %2 feedback, not %3. Choose another name for the domain, or the kind that it has.</source>
        <translation>领域 %1 的反馈是%2，而不是%3。请为领域换一个名称，或选择它已有的类型。</translation>
    </message>
    <message>
        <source>There is no domain %1: the workspace is empty. Import data first.</source>
        <translation>没有领域 %1：工作区是空的。请先导入数据。</translation>
    </message>
    <message>
        <source>There is no domain %1. Did you mean %2? There are: %3.</source>
        <translation>没有领域 %1。您是指 %2 吗？现有：%3。</translation>
    </message>
    <message>
        <source>There is no domain %1. There are: %2.</source>
        <translation>没有领域 %1。现有：%2。</translation>
    </message>
    <message>
        <source>A domain and its platform need a name. Give them one, like films.</source>
        <translation>领域及其平台需要名称。请起一个，例如 films。</translation>
    </message>
    <message>
        <source>The workspace cannot be opened: two helper files beside it (-wal and -shm) cannot be written. Copy the workspace into a folder that you may write, and open the copy.</source>
        <translation>工作区无法打开：它旁边的两个辅助文件（-wal 和 -shm）无法写入。请将工作区复制到可写的文件夹，再打开副本。</translation>
    </message>
    <message>
        <source>Another program is writing to the workspace. Try again when it is done.</source>
        <translation>另一个程序正在写入工作区。请等它完成后重试。</translation>
    </message>
    <message>
        <source>The disk is full. Free some space and try again; nothing was lost.</source>
        <translation>磁盘已满。请腾出空间后重试；没有丢失任何内容。</translation>
    </message>
    <message>
        <source>The workspace cannot be written. Check the permissions of the file and its folder.</source>
        <translation>工作区无法写入。请检查文件及其文件夹的权限。</translation>
    </message>
    <message>
        <source>The disk did not read or write the workspace as it should (%1). Check that it is connected and has space; what was committed is kept.</source>
        <translation>磁盘未能正常读写工作区（%1）。请检查它是否已连接、是否有空间；已提交的内容均已保留。</translation>
    </message>
    <message>
        <source>The workspace file is damaged. Restore it from a backup copy (%1).</source>
        <translation>工作区文件已损坏。请从备份恢复（%1）。</translation>
    </message>
    <message>
        <source>The workspace refused the change (%1).</source>
        <translation>工作区拒绝了更改（%1）。</translation>
    </message>
    <message>
        <source>%1 cannot be created. Check that the folder exists and may be written.</source>
        <translation>无法创建 %1。请检查文件夹是否存在、是否可写。</translation>
    </message>
    <message>
        <source>%1 cannot be opened. Check that it exists and may be read.</source>
        <translation>无法打开 %1。请检查它是否存在、是否可读。</translation>
    </message>
    <message>
        <source>%1 may only be read. Change its permissions, or work on a copy in a folder of yours.</source>
        <translation>%1 是只读的。请修改其权限，或在自己的文件夹中使用副本。</translation>
    </message>
    <message>
        <source>The item %1 is not in this workspace any more. Load the page again.</source>
        <translation>物品 %1 已不在此工作区中。请重新载入页面。</translation>
    </message>
    <message>
        <source>There is no import %1 in this workspace.</source>
        <translation>此工作区中没有导入 %1。</translation>
    </message>
    <message>
        <source>There is no knowledge base %1: the workspace has none. Extract knowledge first.</source>
        <translation>没有知识库 %1：工作区还没有知识库。请先提取知识。</translation>
    </message>
    <message>
        <source>There is no knowledge base %1. Did you mean %2? There are: %3.</source>
        <translation>没有知识库 %1。您是指 %2 吗？现有：%3。</translation>
    </message>
    <message>
        <source>There is no knowledge base %1. There are: %2.</source>
        <translation>没有知识库 %1。现有：%2。</translation>
    </message>
    <message>
        <source>The knowledge base is no longer there. Choose another one.</source>
        <translation>该知识库已不存在。请选择其他知识库。</translation>
    </message>
    <message>
        <source>The knowledge base %1 exists and is finished. Choose another name, or delete it.</source>
        <translation>知识库 %1 已存在且已完成。请换一个名称，或将其删除。</translation>
    </message>
    <message>
        <source>The knowledge base %1 was begun with other settings. Choose another name, or the settings that it was begun with: %2.</source>
        <translation>知识库 %1 是用其他设置开始的。请换一个名称，或使用开始时的设置：%2。</translation>
    </message>
    <message>
        <source>The knowledge base %1 is being extracted by another job. Wait until it is done.</source>
        <translation>知识库 %1 正由另一个任务提取。请等待其完成。</translation>
    </message>
    <message>
        <source>The workspace could not be brought to the present version: rows of its table %1 name rows that are not there. It was left as it is.</source>
        <translation>工作区无法升级到当前版本：其表 %1 中有的行指向不存在的行。工作区保持原样。</translation>
    </message>
    <message>
        <source>There is no run %1. The command &quot;transept runs&quot; lists them.</source>
        <translation>没有运行 %1。命令“transept runs”会列出所有运行。</translation>
    </message>
    <message>
        <source>%1 is not a Transept workspace. Choose a .transept file or create a new one.</source>
        <translation>%1 不是 Transept 工作区。请选择 .transept 文件，或新建一个。</translation>
    </message>
    <message>
        <source>%1 was written by a newer Transept (workspace version %2, this program knows %3). Update the program; the file was not touched.</source>
        <translation>%1 由更新版本的 Transept 写入（工作区版本 %2，本程序支持 %3）。请更新程序；文件没有被改动。</translation>
    </message>
    <message>
        <source>%1 exists already. Choose another name, or open it.</source>
        <translation>%1 已存在。请换一个名称，或直接打开。</translation>
    </message>
    <message>
        <source>There is no workspace %1. Check the name, or create it first.</source>
        <translation>没有工作区 %1。请检查名称，或先创建。</translation>
    </message>
    <message>
        <source>%1 cannot be created: %2 is left from another workspace of that name. Move it away, or choose another name.</source>
        <translation>无法创建 %1：同名的另一个工作区留下了 %2。请将其移走，或换一个名称。</translation>
    </message>
    <message>
        <source>%1 is of an older version. Open it for writing once to update it.</source>
        <translation>%1 是较旧的版本。请以可写方式打开一次以更新它。</translation>
    </message>
    <message>
        <source>Texts cannot be split into words: the data files of ICU are missing. Install them again.</source>
        <translation>无法将文本切分为词：缺少 ICU 的数据文件。请重新安装。</translation>
    </message>
    <message>
        <source>%1 could not be written. Check the folder and the free space.</source>
        <translation>%1 无法写入。请检查文件夹和剩余空间。</translation>
    </message>
    <message>
        <source>%1: &quot;%2&quot; is not of the form NAME=VALUE.</source>
        <translation>%1：“%2”不是 NAME=VALUE 的形式。</translation>
    </message>
    <message>
        <source>--columns: there is no role %1. Did you mean %3? Roles: %2.</source>
        <translation>--columns：没有角色 %1。您是指 %3 吗？可用的角色：%2。</translation>
    </message>
    <message>
        <source>--columns: there is no role %1. Roles: %2.</source>
        <translation>--columns：没有角色 %1。可用的角色：%2。</translation>
    </message>
    <message>
        <source>--set %1 lacks a value. Write it as KEY=VALUE, such as dimension=64.</source>
        <translation>--set %1 缺少值。请写成 KEY=VALUE，例如 dimension=64。</translation>
    </message>
    <message>
        <source>The spec %1 cannot be read. Check the name; &quot;-&quot; reads standard input.</source>
        <translation>无法读取规格 %1。请检查名称；“-”表示读取标准输入。</translation>
    </message>
    <message>
        <source>--set %1 has no value. Write PATH=VALUE, as in --set method.factors=32.</source>
        <translation>--set %1 没有值。请写成 PATH=VALUE，例如 --set method.factors=32。</translation>
    </message>
    <message>
        <source>%1 is no run: runs are named by their number, as &quot;transept runs&quot; shows it.</source>
        <translation>%1 不是运行：运行用编号表示，如“transept runs”所示。</translation>
    </message>
    <message>
        <source>kfmf needs a knowledge base with vectors of the items of %1. Extract one on the Knowledge page or with `transept knowledge`.</source>
        <translation>kfmf 需要含有 %1 物品向量的知识库。请在“知识”页或用 `transept knowledge` 提取。</translation>
    </message>
    <message>
        <source>%1: the column %2 has more than %3 different values, so it hardly names domains. Choose another role for it.</source>
        <translation>%1：列 %2 有超过 %3 个不同的值，不像是领域名。请为它选择别的角色。</translation>
    </message>
    <message>
        <source>%1, line %2: the column %3 is named like a rating and holds &quot;%4&quot;, which is no number. Correct the file, say which columns to read, or that the feedback is implicit.</source>
        <translation>%1 第 %2 行：列 %3 的名称像评分，内容“%4”却不是数字。请改正文件，或指明要读取的列，或说明反馈是隐式的。</translation>
    </message>
    <message>
        <source>%1: the domain %2 holds ratings, and no column of this file is known to hold some. The columns are: %3. Name the column of values, or choose another domain.</source>
        <translation>%1：领域 %2 存的是评分，而此文件中没有已知的评分列。现有的列：%3。请指明评分列，或选择别的领域。</translation>
    </message>
    <message>
        <source>The reply&apos;s vectors have %1 numbers, those before had %2. Has the server another model now? Extract under a new name.</source>
        <translation>回复的向量有 %1 个数，之前的有 %2 个。服务器换了模型吗？请用新名称提取。</translation>
    </message>
    <message>
        <source>This user is no longer there. Choose another one.</source>
        <translation>此用户已不存在。请另选一个。</translation>
    </message>
    <message>
        <source>The name of a domain is not empty and holds no comma. Type another.</source>
        <translation>领域名称不能为空，也不能含逗号。请另输入一个。</translation>
    </message>
    <message>
        <source>There is a domain %1 already. Choose another name.</source>
        <translation>已有领域 %1。请另取一个名称。</translation>
    </message>
    <message>
        <source>The domain %1 keeps its name: %2 runs, knowledge bases or unfinished imports know it by that. Import it again under another name.</source>
        <translation>领域 %1 不能改名：有 %2 个运行、知识库或未完成的导入使用此名称。请以另一名称重新导入。</translation>
    </message>
    <message>
        <source>Run %1 is still training. Stop it first, then delete it.</source>
        <translation>运行 %1 仍在训练。请先停止它，再删除。</translation>
    </message>
    <message>
        <source>The knowledge base %1 is still being extracted. Stop that first, then delete it.</source>
        <translation>知识库 %1 仍在提取中。请先停止提取，再删除。</translation>
    </message>
    <message>
        <source>%1 is not among what was deleted. &quot;transept restore&quot; with the workspace alone lists that.</source>
        <translation>已删除的内容中没有 %1。只给出工作区运行“transept restore”可列出已删除的内容。</translation>
    </message>
    <message>
        <source>The domain to be called %1 is no longer there.</source>
        <translation>要改名为 %1 的领域已不存在。</translation>
    </message>
    <message>
        <source>Runs %1 and %2 have different data or kinds of split: their values mean different things. Compare runs whose splits differ in seed and fold alone.</source>
        <translation>运行 %1 和 %2 的数据或划分方式不同：它们的数值含义不同。请比较划分仅在种子和折上不同的运行。</translation>
    </message>
    <message>
        <source>There are no ratings of %1 to learn from. Give the training part of the split more.</source>
        <translation>没有 %1 的评分可供学习。请让划分的训练部分多一些。</translation>
    </message>
    <message>
        <source>The samples ran away in sweep %1: their numbers are no longer finite. Look for values far out of the scale of the ratings, or take fewer factors.</source>
        <translation>采样在第 %1 轮失控：其数值已不再有限。请检查是否有远超评分范围的数值，或减少因子数。</translation>
    </message>
    <message>
        <source>The training diverged in epoch %1: its equations have no finite solution any more. Raise the regularisation (now %2).</source>
        <translation>训练在第 %1 轮发散：其方程不再有有限解。请增大正则化（现为 %2）。</translation>
    </message>
    <message>
        <source>%1 must end in .csv or .json: the ending says the format. Matrices (factors, vectors) may end in .npy as well, the parts of a split in .inter.</source>
        <translation>%1 必须以 .csv 或 .json 结尾：结尾决定格式。矩阵（因子、向量）也可以 .npy 结尾，划分的各部分可以 .inter 结尾。</translation>
    </message>
    <message>
        <source>A key holds a tab or a line end (%1): such an .inter file could not be read. Export it as .csv.</source>
        <translation>某个键含有制表符或换行符（%1）：这样的 .inter 文件无法读取。请导出为 .csv。</translation>
    </message>
    <message>
        <source>%1 is nested deeper than %2 brackets. Write it flatter.</source>
        <translation>%1 的括号嵌套超过 %2 层。请减少嵌套。</translation>
    </message>
    <message>
        <source>There is not enough memory for this. What was done so far is kept. Close other programs, or work on less data at once.</source>
        <translation>内存不足，无法完成此操作。到目前为止完成的部分均已保留。请关闭其他程序，或一次处理较少的数据。</translation>
    </message>
    <message>
        <source>%1 must be a list of rows, each a JSON object.</source>
        <translation>%1 必须是行的列表，每行是一个 JSON 对象。</translation>
    </message>
    <message>
        <source>%1 has %2 rows; it must have between %3 and %4.</source>
        <translation>%1 有 %2 行；行数必须在 %3 到 %4 之间。</translation>
    </message>
    <message>
        <source>Nothing is left of the domain %1: no user and item have as many interactions as the selection asks for. Lower data.where.min_user and data.where.min_item.</source>
        <translation>领域 %1 什么也没有剩下：没有用户和物品的交互达到筛选所要求的数量。请降低 data.where.min_user 和 data.where.min_item。</translation>
    </message>
    <message>
        <source>The domain %1 has no interactions, or none of the values that the selection keeps. Import interactions, or lower data.where.min_value.</source>
        <translation>领域 %1 没有交互，或没有筛选所保留的值。请导入交互，或降低 data.where.min_value。</translation>
    </message>
    <message>
        <source>A split by time needs times, and the domain %1 has none. Import it with a time column, or choose another split.</source>
        <translation>按时间划分需要时间，而领域 %1 没有时间。请连同时间列一起导入，或选择其他划分。</translation>
    </message>
    <message>
        <source>split.kind cold-user needs at least two people who act in %1 and in a source domain; there are %2. Add a source domain that shares users, or choose another split.</source>
        <translation>split.kind cold-user 需要至少两个既在 %1 又在来源领域活动的人；现有 %2 个。请添加有共享用户的来源领域，或选择其他划分。</translation>
    </message>
    <message>
        <source>split.kind cold-item needs at least two items with interactions in %1; there are %2. Lower data.where.min_item, or choose another split.</source>
        <translation>split.kind cold-item 需要 %1 中至少有两个带交互的物品；现有 %2 个。请降低 data.where.min_item，或选择其他划分。</translation>
    </message>
    <message>
        <source>split.kind given needs parts, and no interaction of %1 is of a test part. Import the files with --part train, valid and test, or choose another split.</source>
        <translation>split.kind given 需要部分，而 %1 没有属于测试部分的交互。请用 --part train、valid 和 test 导入文件，或选择其他划分。</translation>
    </message>
    <message>
        <source>split.periods is %1 and split.gap %2: no period is left to test. Take more periods than gap + 1.</source>
        <translation>split.periods 是 %1，split.gap 是 %2：没有剩下可供测试的时间段。时间段数必须大于 gap + 1。</translation>
    </message>
    <message>
        <source>split.history must be a share from 0 to below 1.</source>
        <translation>split.history 必须是从 0 到小于 1 的比例。</translation>
    </message>
    <message>
        <source>split leaves no test user in %1: nobody has enough interactions. Lower data.where.min_user, hold out a larger share, or choose another split.</source>
        <translation>split 在 %1 中没有留下测试用户：没有人有足够的交互。请降低 data.where.min_user，留出更大的比例，或选择其他划分。</translation>
    </message>
    <message>
        <source>split leaves no training interaction in %1. Hold out a smaller share, or choose another split.</source>
        <translation>split 在 %1 中没有留下训练交互。请留出更小的比例，或选择其他划分。</translation>
    </message>
    <message>
        <source>split.tested is empty. Name the groups of people of %1 that are tested; there are %2.</source>
        <translation>split.tested 为空。请写出 %1 中要测试的人群分组；现有：%2。</translation>
    </message>
    <message>
        <source>split.tested names the group %1, and nobody of %2 is in one of that name. There are %3.</source>
        <translation>split.tested 写了分组 %1，而 %2 中没有人属于该名称的分组。现有：%3。</translation>
    </message>
    <message>
        <source>split.tested leaves nobody of %1 to train on: everybody is in %2. Take a group out.</source>
        <translation>split.tested 没有给 %1 留下可供训练的人：所有人都在 %2 中。请去掉一个分组。</translation>
    </message>
    <message>
        <source>method.%1 is %2: training would take about %3 of memory for this data, and %4 is available. At most %5 fits.</source>
        <translation>method.%1 是 %2：对这些数据训练约需 %3 内存，而可用的有 %4。最多可取 %5。</translation>
    </message>
    <message>
        <source>method.name is %1: training would take about %2 of memory for this data, and %3 is available. Keep fewer users and items with data.where.min_user and data.where.min_item, leave out a source, or choose another method.</source>
        <translation>method.name 是 %1：对这些数据训练约需 %2 内存，而可用的有 %3。请用 data.where.min_user 和 data.where.min_item 保留更少的用户和物品，去掉一个来源，或选择其他方法。</translation>
    </message>
    <message>
        <source>The memory ran out. Lower method.factors (now %1), keep fewer users and items with data.where.min_user and data.where.min_item, or leave out a source.</source>
        <translation>内存已耗尽。请降低 method.factors（现为 %1），用 data.where.min_user 和 data.where.min_item 保留更少的用户和物品，或去掉一个来源。</translation>
    </message>
    <message>
        <source>The memory ran out while %1 worked on this data. Keep fewer users and items with data.where.min_user and data.where.min_item, leave out a source, or choose another method.</source>
        <translation>%1 处理这些数据时内存已耗尽。请用 data.where.min_user 和 data.where.min_item 保留更少的用户和物品，去掉一个来源，或选择其他方法。</translation>
    </message>
    <message>
        <source>No file of results is named. Choose at least one.</source>
        <translation>没有写明结果文件。请至少选择一个。</translation>
    </message>
    <message>
        <source>None of the measures (%1) follows from these files: rmse and its like need predictions, ndcg@10 and its like need lists. Choose others (--measures).</source>
        <translation>这些文件得不出任何所选指标（%1）：rmse 之类需要预测，ndcg@10 之类需要推荐列表。请选择其他指标（--measures）。</translation>
    </message>
    <message>
        <source>The run has no name. Give it one.</source>
        <translation>运行没有名称。请起一个。</translation>
    </message>
    <message>
        <source>%1 holds implicit feedback: there are no ratings to predict. Import lists.</source>
        <translation>%1 只有隐式反馈：没有可预测的评分。请导入推荐列表。</translation>
    </message>
    <message>
        <source>Run %1 was trained by an earlier version, which did not note what was imported by then. Run its spec again.</source>
        <translation>运行 %1 由较早的版本训练，该版本没有记下当时已导入的内容。请重新运行其规格。</translation>
    </message>
    <message>
        <source>Nothing came since run %1 read its data that it could be measured on: %2 later interactions are of people and %3 with items that it does not know. Import more, or run its spec again.</source>
        <translation>自运行 %1 读取数据以来，没有新增可用来测量它的数据：较晚的交互中，有 %2 个来自它不认识的人，%3 个涉及它不认识的物品。请导入更多数据，或重新运行其规格。</translation>
    </message>
    <message>
        <source>%1 needs times, and the interactions of %2 have none. Import them with a time column, or choose otherwise.</source>
        <translation>%1 需要时间，而 %2 的交互没有时间。请连同时间列一起导入，或另作选择。</translation>
    </message>
    <message>
        <source>%1 is &quot;%2&quot;; it must be the target or a source of the run, one of %3. Did you mean %4?</source>
        <translation>%1 是“%2”；它必须是该运行的目标或来源，即以下之一：%3。您是指 %4 吗？</translation>
    </message>
    <message>
        <source>%1 is &quot;%2&quot;; it must be the target or a source of the run, one of %3.</source>
        <translation>%1 是“%2”；它必须是该运行的目标或来源，即以下之一：%3。</translation>
    </message>
    <message>
        <source>split.field is &quot;%1&quot;, but nothing is known about the users of the workspace. Import a file about them with --as users.</source>
        <translation>split.field 是“%1”，但没有关于工作区用户的任何信息。请用 --as users 导入关于用户的文件。</translation>
    </message>
    <message>
        <source>split.field is &quot;%1&quot;; the users have the fields %2.</source>
        <translation>split.field 是“%1”；用户具有的字段：%2。</translation>
    </message>
    <message>
        <source>These are results of another program (%1): they cannot be computed here. Import them again (import-results), or choose a method.</source>
        <translation>这些是另一个程序（%1）的结果：无法在此计算。请重新导入（import-results），或选择一个方法。</translation>
    </message>
    <message>
        <source>The data has changed since run %1 was made: some of what it rests on was replaced or taken away. Make the run again on the present data.</source>
        <translation>运行 %1 完成之后数据已变更：它所依据的部分数据已被替换或移除。请用现有数据重新运行。</translation>
    </message>
    <message>
        <source>Run %1 kept no predictions: its scores are neither ratings nor probabilities, so that no ROC and no calibration curve can be drawn of them. Choose a run that predicts ratings.</source>
        <translation>运行 %1 没有保存预测：其得分既不是评分也不是概率，因此无法据此绘制 ROC 曲线和校准曲线。请选择预测评分的运行。</translation>
    </message>
    <message>
        <source>Runs %1 and %2 have no values of %3 for the same people. Choose a measure that both keep for every person.</source>
        <translation>运行 %1 和 %2 没有针对相同的人的 %3 值。请选择两者都为每个人保存的指标。</translation>
    </message>
    <message>
        <source>%1, line %2: the item %4 stands twice in the list of the user %3 (first in line %5). Keep one of them.</source>
        <translation>%1 第 %2 行：物品 %4 在用户 %3 的推荐列表中出现两次（首次在第 %5 行）。请只保留一个。</translation>
    </message>
    <message>
        <source>%1, line %2: the list of the user %3 begins with rank %5. Ranks are 1, 2, 3 ... or 0, 1, 2 ...: give all rows, or leave the column of ranks out (--columns).</source>
        <translation>%1 第 %2 行：用户 %3 的推荐列表从名次 %5 开始。名次应为 1, 2, 3 ... 或 0, 1, 2 ...：请给出所有行，或不使用名次列（--columns）。</translation>
    </message>
    <message>
        <source>%1, line %2: the rank %5 stands twice in the list of the user %3 (first in line %6). Correct the file, or leave the column of ranks out (--columns).</source>
        <translation>%1 第 %2 行：名次 %5 在用户 %3 的推荐列表中出现两次（首次在第 %6 行）。请改正文件，或不使用名次列（--columns）。</translation>
    </message>
    <message>
        <source>%1, line %2: in the list of the user %3 rank %5 follows on rank %6. Give all rows, or leave the column of ranks out (--columns).</source>
        <translation>%1 第 %2 行：在用户 %3 的推荐列表中，名次 %6 之后是名次 %5。请给出所有行，或不使用名次列（--columns）。</translation>
    </message>
    <message>
        <source>%1, line %2: rank %5 of the user %3 has a higher score than rank %6, which stands before it. Leave out the column that is not meant (--columns).</source>
        <translation>%1 第 %2 行：用户 %3 的名次 %5 得分高于排在它之前的名次 %6。请不要使用不该用的那一列（--columns）。</translation>
    </message>
    <message>
        <source>No test user has a list in %1. Make lists for the users of the test part; export writes it (--what test).</source>
        <translation>%1 中没有测试用户的推荐列表。请为测试部分的用户生成推荐列表；export 可写出该部分（--what test）。</translation>
    </message>
    <message>
        <source>The measures look at the first %1 places, and the longest list has %2. Make longer lists, or choose measures that look less far (--measures).</source>
        <translation>指标要看前 %1 位，而最长的推荐列表只有 %2 位。请生成更长的推荐列表，或选择看得较少的指标（--measures）。</translation>
    </message>
    <message>
        <source>%1 of %2 test interactions have no prediction in %3, the first is that of user %4 and item %5. Figures of fewer pairs may not be compared: predict all of the test part (export writes it, --what test), or let the mean of the training ratings stand for the missing ones (--missing mean).</source>
        <translation>%2 个测试交互中有 %1 个在 %3 中没有预测，第一个是用户 %4 和物品 %5 的交互。配对较少的数字不可比较：请预测整个测试部分（export 可写出该部分，--what test），或用训练评分的平均值代替缺失的预测（--missing mean）。</translation>
    </message>
    <message>
        <source>%1, line %2: the pair of user %3 and item %4 stands twice (first in line %5). Keep one of them.</source>
        <translation>%1 第 %2 行：用户 %3 和物品 %4 的配对出现两次（首次在第 %5 行）。请只保留一个。</translation>
    </message>
    <message>
        <source>%1, line %2: there is no user %3 on the platform of %4. Users are named as in the imported files; the test part, as export writes it, shows how.</source>
        <translation>%1 第 %2 行：%4 所属平台上没有用户 %3。用户名与导入文件中的一致；可参照 export 写出的测试部分。</translation>
    </message>
    <message>
        <source>%1, line %2: the item %3 is left out of the catalogue of %4 by data.where.min_item, so that nobody is recommended it. Take it out of the file.</source>
        <translation>%1 第 %2 行：物品 %3 因 data.where.min_item 而不在 %4 的物品目录中，因此不会推荐给任何人。请将其从文件中去掉。</translation>
    </message>
    <message>
        <source>%1, line %2: there is no item %3 in %4. Items are named as in the imported files; the test part, as export writes it, shows how.</source>
        <translation>%1 第 %2 行：%4 中没有物品 %3。物品名与导入文件中的一致；可参照 export 写出的测试部分。</translation>
    </message>
    <message>
        <source>%1 and %2 order their lists differently: only one has ranks, or only one has scores. Name the columns that both have (--columns).</source>
        <translation>%1 和 %2 的推荐列表排序方式不同：只有一个有名次，或只有一个有得分。请写出两者都有的列（--columns）。</translation>
    </message>
    <message>
        <source>A value of the spec holds bytes that are no text. Write UTF-8.</source>
        <translation>规格中的某个值含有不是文本的字节。请使用 UTF-8。</translation>
    </message>
    <message>
        <source>split.tested is empty. Name the groups of people that are tested, as in [&quot;light&quot;]; by activity there are light, medium and heavy.</source>
        <translation>split.tested 为空。请写出要测试的人群分组，例如 [&quot;light&quot;]；按活跃度有 light、medium 和 heavy。</translation>
    </message>
    <message>
        <source>split.field is empty. Name the field of the users that tells the groups apart.</source>
        <translation>split.field 为空。请写出用于区分分组的用户字段。</translation>
    </message>
    <message>
        <source>start is given, but the method %1 cannot go on from an earlier model. Take start out.</source>
        <translation>给出了 start，但方法 %1 不能从较早的模型继续。请去掉 start。</translation>
    </message>
    <message>
        <source>start.run is %1, a run of %2: %3 goes on from a run of %3 alone.</source>
        <translation>start.run 是 %1，它是 %2 的运行：%3 只能从 %3 的运行继续。</translation>
    </message>
    <message>
        <source>method.factors is %1, but run %2, from which it shall start, has %3. Give both as many.</source>
        <translation>method.factors 是 %1，但作为起点的运行 %2 有 %3 个。请让两者的数量相同。</translation>
    </message>
    <message>
        <source>start.run is %1; there is no such run.</source>
        <translation>start.run 是 %1；没有这个运行。</translation>
    </message>
    <message>
        <source>start.run is %1, a run that is %2: only finished ones have a model.</source>
        <translation>start.run 是 %1，该运行的状态为 %2：只有已完成的运行才有模型。</translation>
    </message>
    <message>
        <source>start.fingerprint is &quot;%1&quot;, but run %2 has &quot;%3&quot;: it is another run, or was trained on other data. Name the run that is meant, or leave the fingerprint out.</source>
        <translation>start.fingerprint 是“%1”，但运行 %2 的是“%3”：它是另一个运行，或是用其他数据训练的。请写出所指的运行，或省略指纹。</translation>
    </message>
    <message>
        <source>start.run is %1, which kept no model, or was trained by an earlier version. Run its spec again and start from that run.</source>
        <translation>start.run 是 %1，该运行没有保存模型，或由较早的版本训练。请重新运行其规格，并从新的运行开始。</translation>
    </message>
    <message>
        <source>%1: the columns name %2 twice. Give each role one column of its own.</source>
        <translation>%1：列中两次写了 %2。请为每个角色指定各自的一列。</translation>
    </message>
    <message>
        <source>%1: nothing says whether these are predictions or lists. Say which (--what), or name the columns user, item and rank, score or prediction. The columns are: %2.</source>
        <translation>%1：没有说明这些是预测还是推荐列表。请指明是哪一种（--what），或写出 user、item 以及 rank、score 或 prediction 列。现有的列：%2。</translation>
    </message>
    <message>
        <source>%1 holds JSON. Results are read from tables and from lists of one user a line: convert it to CSV first.</source>
        <translation>%1 的内容是 JSON。结果只能从表格和每行一个用户的推荐列表中读取：请先转换为 CSV。</translation>
    </message>
    <message>
        <source>%1 looks like lists of one user a line, which have no columns to choose. If it is a table, say so: --format layout=delimited.</source>
        <translation>%1 看起来是每行一个用户的推荐列表，没有可选择的列。如果它是表格，请指明：--format layout=delimited。</translation>
    </message>
    <message>
        <source>%1, line %2: %3 Nothing was imported: correct the file.</source>
        <translation>%1 第 %2 行：%3 什么也没有导入：请改正文件。</translation>
    </message>
    <message>
        <source>%1 &quot;%2&quot; is no rank: a whole number from 0 or 1 on.</source>
        <translation>%1“%2”不是名次：名次应为从 0 或 1 开始的整数。</translation>
    </message>
    <message>
        <source>method.time needs times, and the interactions of %1 have none. Import them with a time column, or switch it off.</source>
        <translation>method.time 需要时间，而 %1 的交互没有时间。请连同时间列一起导入，或将其关闭。</translation>
    </message>
    <message>
        <source>The exact solution inverts a matrix of items or of users and takes at most %1 of either; here are %2 items and %3 users. Set &quot;solver&quot; to &quot;auto&quot; or &quot;neighbourhood&quot;, or keep fewer with min_item and min_user.</source>
        <translation>精确解要对物品或用户的矩阵求逆，两者之一最多为 %1 个；这里有 %2 个物品和 %3 个用户。请将“solver”设为“auto”或“neighbourhood”，或用 min_item 和 min_user 保留更少。</translation>
    </message>
    <message>
        <source>This method inverts a matrix of items or of users and takes at most %1 of either; here are %2 items and %3 users (with features). Keep fewer with min_item and min_user, leave out a source domain, or use ease, which approximates where there are more.</source>
        <translation>该方法要对物品或用户的矩阵求逆，两者之一最多为 %1 个；这里有 %2 个物品和 %3 个用户（含特征）。请用 min_item 和 min_user 保留更少，去掉一个来源领域，或使用 ease，它在数量更多时采用近似。</translation>
    </message>
    <message>
        <source>Stacking learns the members&apos; weights from a validation part, and this split has none. Hold one out, or choose another combination.</source>
        <translation>堆叠要从验证部分学习各成员的权重，而此划分没有验证部分。请留出一个，或选择其他组合方式。</translation>
    </message>
    <message>
        <source>The checkpoint does not belong to this training or is damaged, and was thrown away. Start the run again: it begins anew.</source>
        <translation>检查点不属于此次训练或已损坏，已被丢弃。请再次启动运行：它将从头开始。</translation>
    </message>
    <message>
        <source>The knowledge base has no %1 that items of %2 share. Choose other item fields, or another knowledge base.</source>
        <translation>知识库中没有 %2 的物品所共有的 %1。请选择其他物品字段，或其他知识库。</translation>
    </message>
    <message>
        <source>The vectors of the domains %1 and %2 differ in length (%3 and %4 numbers). Extract their knowledge together.</source>
        <translation>领域 %1 和 %2 的向量长度不同（分别为 %3 和 %4 个数）。请一起提取它们的知识。</translation>
    </message>
    <message>
        <source>These are results of another program: they cannot be trained here. Compute them there, and import them (import-results).</source>
        <translation>这些是另一个程序的结果：无法在此训练。请在该程序中计算，然后导入（import-results）。</translation>
    </message>
    <message>
        <source>The stored results do not belong to this data or are damaged. Import them again.</source>
        <translation>保存的结果不属于这些数据或已损坏。请重新导入。</translation>
    </message>
    <message>
        <source>Popularity within a time needs times, and the training interactions of %1 have none. Set days and half-life to 0.</source>
        <translation>一段时间内的热门度需要时间，而 %1 的训练交互没有时间。请将天数和半衰期设为 0。</translation>
    </message>
    <message>
        <source>%1 must be an object with the method&apos;s name and its parameters, as in {&quot;name&quot;: &quot;mf&quot;}.</source>
        <translation>%1 必须是包含方法名称及其参数的对象，例如 {&quot;name&quot;: &quot;mf&quot;}。</translation>
    </message>
    <message>
        <source>%1.name is missing. The command &quot;transept methods&quot; lists the methods.</source>
        <translation>缺少 %1.name。命令“transept methods”会列出各方法。</translation>
    </message>
    <message>
        <source>%1: methods stand in methods more than %2 levels deep. List the inner ones as members of the outer one.</source>
        <translation>%1：方法在方法中的嵌套超过 %2 层。请将内层方法列为外层方法的成员。</translation>
    </message>
    <message>
        <source>The rules join more than %1 pairs of items. Raise their tau, or give them conditions.</source>
        <translation>规则连接的物品对超过 %1 个。请提高其 tau，或为其添加条件。</translation>
    </message>
    <message>
        <source>The model file %1 is damaged or cut off. Export the model again.</source>
        <translation>模型文件 %1 已损坏或被截断。请重新导出模型。</translation>
    </message>
    <message>
        <source>The domain %1 has %2 feedback here; the model learnt from a domain of that name with %3 feedback.</source>
        <translation>领域 %1 在这里的反馈是%2；模型学习所用的同名领域的反馈是%3。</translation>
    </message>
    <message>
        <source>The method %1 keeps no model: it is fitted again whenever it is needed. Methods that are trained in epochs keep one.</source>
        <translation>方法 %1 不保存模型：每次需要时都会重新拟合。按轮训练的方法才会保存模型。</translation>
    </message>
    <message>
        <source>%1 is no model file, or cannot be read. Files that &quot;transept export --what model&quot; wrote are.</source>
        <translation>%1 不是模型文件，或无法读取。“transept export --what model”写出的文件才是。</translation>
    </message>
    <message>
        <source>%1 was written by a newer Transept (model file version %2; this one reads %3). Update the program.</source>
        <translation>%1 由更新版本的 Transept 写入（模型文件版本 %2，本程序支持 %3）。请更新程序。</translation>
    </message>
    <message>
        <source>%1 has a column &quot;%2&quot;. A history has the columns item, and domain, value and time where they are known, named in its first line.</source>
        <translation>%1 有一列“%2”。历史的列为 item，以及已知时的 domain、value 和 time，列名写在第一行。</translation>
    </message>
    <message>
        <source>%1 has no column &quot;item&quot;. A history has the columns item, and domain, value and time where they are known, named in its first line.</source>
        <translation>%1 没有“item”列。历史的列为 item，以及已知时的 domain、value 和 time，列名写在第一行。</translation>
    </message>
    <message>
        <source>%1, line %2: the %3 is &quot;%4&quot;; it must be %5.</source>
        <translation>%1 第 %2 行：%3 为“%4”；应为 %5。</translation>
    </message>
    <message>
        <source>%1, line %2: %3</source>
        <translation>%1 第 %2 行：%3</translation>
    </message>
    <message>
        <source>Nothing of this history is in the data of the run (target %1). Choose another user, or a run on other domains.</source>
        <translation>这份历史中没有任何内容出现在该运行的数据中（目标领域 %1）。请选择其他用户，或选择其他领域上的运行。</translation>
    </message>
    <message>
        <source>The method %1 has to be trained to know somebody new. Run its spec again on data with that user, or take a run of another method.</source>
        <translation>方法 %1 必须经过训练才能认识新的人。请在包含该用户的数据上重新运行其规格，或选用其他方法的运行。</translation>
    </message>
    <message>
        <source>These are results of another program (%1), with no list for this user: it recommends to those alone whose lists were imported. Choose another user or run.</source>
        <translation>这些是另一个程序（%1）的结果，其中没有该用户的推荐列表：它只能向已导入推荐列表的用户推荐。请选择其他用户或运行。</translation>
    </message>
    <message>
        <source>Run %1 is %2: only finished runs have results to look at.</source>
        <translation>运行 %1 的状态为 %2：只有已完成的运行才有结果可看。</translation>
    </message>
    <message>
        <source>Differences are between runs: name the one that the others are held against, then at least one other.</source>
        <translation>差异是运行之间的差异：请先写出作为比较基准的运行，再写出至少一个其他运行。</translation>
    </message>
    <message>
        <source>%1 is a workspace that is open. Choose another place.</source>
        <translation>%1 是已打开的工作区。请选择其他位置。</translation>
    </message>
    <message>
        <source>%1 is a workspace that is open. Choose a file of data.</source>
        <translation>%1 是已打开的工作区。请选择数据文件。</translation>
    </message>
    <message>
        <source>method.fusion is &quot;%1&quot;, but run %2, from which it shall start, has &quot;%3&quot;. Give both the same.</source>
        <translation>method.fusion 为“%1”，但作为起点的运行 %2 为“%3”。请将两者设为相同。</translation>
    </message>
    <message>
        <source>The run does not know this user, and new items are only scored for users whom it learnt from. Leave new items out, or run its spec again.</source>
        <translation>该运行不认识此用户，而新物品只为训练中见过的用户评分。请不包含新物品，或重新运行其规格。</translation>
    </message>
    <message>
        <source>stop.measure is %1, of which neither more nor less is better. Name another, for example rmse.</source>
        <translation>stop.measure 为 %1，其值并非越大或越小越好。请指定其他指标，例如 rmse。</translation>
    </message>
    <message>
        <source>The method %1 with these parameters has to be trained to know new items. Run its spec again on the data with them, or take another run.</source>
        <translation>采用这些参数的方法 %1 必须经过训练才能认识新物品。请在包含新物品的数据上重新运行其规格，或改用其他运行。</translation>
    </message>
    <message>
        <source>start.run is %1, whose target is %2: %3 learns vectors of the target apart from those of the sources, and a domain would change sides. Start from a run with the target %4.</source>
        <translation>start.run 为 %1，其目标领域是 %2：%3 分别学习目标领域与来源领域的向量，而这样会有领域互换位置。请从目标领域为 %4 的运行开始。</translation>
    </message>
    <message>
        <source>%1 &quot;%2&quot; lies outside the years 1936 to 2071, in which interactions can be. Leave it empty where the time is not known.</source>
        <translation>%1“%2”不在 1936 年至 2071 年之间，交互只能发生在这段时间内。时间未知时请留空。</translation>
    </message>
    <message>
        <source>%1 of %2 given negatives are no items of the selection from %3: data.where.min_item leaves them out. Set it to 0, or take the measures with ~given out.</source>
        <translation>给定的 %2 个负例中有 %1 个不在从 %3 选出的物品之中：它们被 data.where.min_item 排除。请将其设为 0，或去掉带 ~given 的指标。</translation>
    </message>
    <message>
        <source>%1 is %2, but no negatives were given for interactions of %3. Import a file of them (--as negatives), or write %4.</source>
        <translation>%1 为 %2，但没有为 %3 的交互给定负例。请导入负例文件（--as negatives），或改写为 %4。</translation>
    </message>
    <message>
        <source>%1 is %2, but %3 of %4 test interactions have no given negatives. Import those that are missing, choose the split that they are for (split.kind given), or write %5.</source>
        <translation>%1 为 %2，但 %4 条测试交互中有 %3 条没有给定负例。请导入缺少的负例，选择它们所属的划分（split.kind given），或改写为 %5。</translation>
    </message>
    <message>
        <source>%1 is %2, but %3 of %4 validation interactions have no given negatives. Import those that are missing, or write %5.</source>
        <translation>%1 为 %2，但 %4 条验证交互中有 %3 条没有给定负例。请导入缺少的负例，或改写为 %5。</translation>
    </message>
    <message>
        <source>The item %1 is a negative of this interaction already.</source>
        <translation>物品 %1 已经是这条交互的负例。</translation>
    </message>
    <message>
        <source>The negative is empty.</source>
        <translation>负例为空。</translation>
    </message>
    <message>
        <source>The negative %1 is the item of the interaction itself. Take it out, or put another item in its place.</source>
        <translation>负例 %1 就是该交互自身的物品。请将其删去，或换成其他物品。</translation>
    </message>
    <message>
        <source>There is no domain %1. Import its interactions before their negatives.</source>
        <translation>没有领域 %1。请先导入其交互，再导入负例。</translation>
    </message>
    <message>
        <source>There is no user %1 on the platform %2. Import the interactions before their negatives.</source>
        <translation>平台 %2 上没有用户 %1。请先导入交互，再导入负例。</translation>
    </message>
    <message>
        <source>There is no item %1 in the domain %2. Import the interactions, and a description of items that have none, before the negatives.</source>
        <translation>领域 %2 中没有物品 %1。请先导入交互以及没有交互的物品的描述，再导入负例。</translation>
    </message>
    <message>
        <source>The user %1 has no interaction with the item %2 in the domain %3. Import the interactions before their negatives, or choose the domain that they are of.</source>
        <translation>用户 %1 在领域 %3 中与物品 %2 没有交互。请先导入交互再导入负例，或选择它们所属的领域。</translation>
    </message>
    <message>
        <source>Negatives belong to one domain, and %1 are named. Only descriptions of items can be shared by several domains.</source>
        <translation>负例属于一个领域，而这里写了 %1。只有物品的描述可以由多个领域共用。</translation>
    </message>
    <message>
        <source>Negatives have no values to make a %1 of. The rule for repeated ones is last, first, keep or reject.</source>
        <translation>负例没有可以求 %1 的数值。对重复负例的规则可以是 last、first、keep 或 reject。</translation>
    </message>
    <message>
        <source>&quot;%1&quot; is not an interaction of the form (user, item) with a tab behind it.</source>
        <translation>“%1”不是 (用户, 物品) 形式、后接制表符的交互。</translation>
    </message>
    <message>
        <source>The line has an interaction and no negative.</source>
        <translation>该行有交互而没有负例。</translation>
    </message>
    <message>
        <source>An interaction of the domain %1 lies outside the years 1936 to 2071. Delete the domain, and import its files again: the lines with such times are named.</source>
        <translation>领域 %1 有一条交互的时间不在 1936 年至 2071 年之间。请删除该领域，再重新导入其文件：时间不合要求的行会被一一列出。</translation>
    </message>
    <message>
        <source>%1: %2 looks at all items and takes no ~; write %3. Measures of relevant items can, such as ndcg@10~99.</source>
        <translation>%1：%2 针对所有物品，不能带 ~；请写 %3。针对相关物品的指标可以，例如 ndcg@10~99。</translation>
    </message>
    <message>
        <source>%1: behind the ~ of %2 stands how many negatives are sampled for each relevant item, a whole number from 1 to %3, as in %4~99, given for those that were imported, as in %4~given, or cold for items new to the training, as in %4~cold.</source>
        <translation>%1：%2 的 ~ 之后是每个相关物品抽取的负例数，为 1 到 %3 的整数，如 %4~99；用 given 表示使用导入的负例，如 %4~given；用 cold 表示在训练中没有交互的物品，如 %4~cold。</translation>
    </message>
    <message>
        <source>%1 neighbours cannot be looked at. Choose 1 to %2 of them.</source>
        <translation>无法查看 %1 个近邻。请选择 1 到 %2 个。</translation>
    </message>
    <message>
        <source>%1 is &quot;%2&quot;, but the workspace has no knowledge base yet. Extract one first.</source>
        <translation>%1 为“%2”，但工作区还没有知识库。请先提取一个。</translation>
    </message>
    <message>
        <source>%1 is &quot;%2&quot;; there is no such knowledge base. Did you mean %4? There are: %3.</source>
        <translation>%1 为“%2”；没有这个知识库。您是指 %4 吗？现有：%3。</translation>
    </message>
    <message>
        <source>%1 is &quot;%2&quot;; there is no such knowledge base. There are: %3.</source>
        <translation>%1 为“%2”；没有这个知识库。现有：%3。</translation>
    </message>
    <message>
        <source>knowledge_terms is &quot;%1&quot;, a knowledge base without terms. Name one of the extractor &quot;lexical&quot;, or take knowledge_terms out.</source>
        <translation>knowledge_terms 为“%1”，而该知识库没有词项。请改为提取器为“lexical”的知识库，或去掉 knowledge_terms。</translation>
    </message>
    <message>
        <source>knowledge_terms is &quot;%1&quot;, but there is no knowledge whose terms it could stand in for. Name the base with the vectors under &quot;knowledge&quot;, or write &quot;knowledge&quot; in place of knowledge_terms.</source>
        <translation>knowledge_terms 为“%1”，但没有可由其词项替代的知识。请在“knowledge”中写明带向量的知识库，或把 knowledge_terms 改写为“knowledge”。</translation>
    </message>
    <message>
        <source>The facets name a domain %1 that is not extracted from. There are: %2.</source>
        <translation>方面中写了领域 %1，但并不从该领域提取。现有：%2。</translation>
    </message>
    <message>
        <source>The facets say nothing of the domain %1.</source>
        <translation>方面中没有关于领域 %1 的内容。</translation>
    </message>
    <message>
        <source>The budget is spent. Raise it and go on.</source>
        <translation>预算已用完。请提高预算后继续。</translation>
    </message>
    <message>
        <source>Line %1: %2</source>
        <translation>第 %1 行：%2</translation>
    </message>
    <message>
        <source>Line %1 has no key, or no domain where the header says so.</source>
        <translation>第 %1 行没有键，或者缺少表头所说的领域。</translation>
    </message>
    <message>
        <source>Line %1: %2 is no finite number.</source>
        <translation>第 %1 行：%2 不是有限数值。</translation>
    </message>
    <message>
        <source>The array in %1 has %2 rows, but its keys file has %3. Each row needs one key, in the same order.</source>
        <translation>%1 中的数组有 %2 行，而键文件有 %3 行。每行需要一个键，顺序相同。</translation>
    </message>
    <message>
        <source>Line %1 is not one JSON object.</source>
        <translation>第 %1 行不是一个 JSON 对象。</translation>
    </message>
    <message>
        <source>Line %1: key must be a text or a whole number, domain a text.</source>
        <translation>第 %1 行：key 必须是文本或整数，domain 必须是文本。</translation>
    </message>
    <message>
        <source>Line %1: facets must be an object whose values are texts or lists of texts.</source>
        <translation>第 %1 行：facets 必须是对象，其值为文本或文本列表。</translation>
    </message>
    <message>
        <source>Line %1: vector must be a list of numbers.</source>
        <translation>第 %1 行：vector 必须是数字列表。</translation>
    </message>
    <message>
        <source>The rows of the array in %1 need names: give a file with one item key a line as keys.</source>
        <translation>%1 中数组的各行需要名称：请用 keys 指定每行一个物品键的文件。</translation>
    </message>
    <message>
        <source>%1 has the SHA-256 %2, not %3. Give the file that is meant, or leave %4 empty.</source>
        <translation>%1 的 SHA-256 是 %2，而不是 %3。请指定正确的文件，或将 %4 留空。</translation>
    </message>
    <message>
        <source>The extractor file needs a file: set path to a .npy, CSV or JSON file.</source>
        <translation>提取器 file 需要一个文件：请将 path 设为 .npy、CSV 或 JSON 文件。</translation>
    </message>
    <message>
        <source>Line %1: %2 is none of the chosen domains.</source>
        <translation>第 %1 行：%2 不在所选领域之中。</translation>
    </message>
    <message>
        <source>Line %1: there is no item with the key %2.</source>
        <translation>第 %1 行：没有键为 %2 的物品。</translation>
    </message>
    <message>
        <source>Line %1: several domains have an item %2. Name the domain in the row, or choose one domain.</source>
        <translation>第 %1 行：多个领域都有物品 %2。请在该行写明领域，或只选择一个领域。</translation>
    </message>
    <message>
        <source>Line %1: the item %2 has its knowledge from line %3.</source>
        <translation>第 %1 行：物品 %2 的知识已由第 %3 行给出。</translation>
    </message>
    <message>
        <source>Line %1 has neither facets nor a vector.</source>
        <translation>第 %1 行既没有方面也没有向量。</translation>
    </message>
    <message>
        <source>Line %1: the vector has %2 numbers, the first one has %3.</source>
        <translation>第 %1 行：该向量有 %2 个数，而第一个向量有 %3 个。</translation>
    </message>
    <message>
        <source>Line %1: the vector has numbers that are not finite.</source>
        <translation>第 %1 行：向量中有非有限数值。</translation>
    </message>
    <message>
        <source>Line %1: the vector is zero and points nowhere.</source>
        <translation>第 %1 行：向量为零，没有方向。</translation>
    </message>
    <message>
        <source>%1 has no rows.</source>
        <translation>%1 没有任何行。</translation>
    </message>
    <message>
        <source>None of the %1 rows of %2 could be taken. %3</source>
        <translation>%2 的 %1 行全部无法采用。%3</translation>
    </message>
    <message>
        <source>No row of the file that can be taken is this item&apos;s.</source>
        <translation>文件中可采用的行里没有这个物品。</translation>
    </message>
    <message>
        <source>%1 sent a reply of more than %2 bytes. It was not read.</source>
        <translation>%1 发来的回复超过 %2 字节，未予读取。</translation>
    </message>
    <message>
        <source>Nothing is sent to %1 over plain HTTP, where others can read keys and texts. Use an https address, or a tunnel to a port of this machine.</source>
        <translation>不会通过明文 HTTP 向 %1 发送任何内容，因为他人可以读到密钥和文本。请使用 https 地址，或通往本机端口的隧道。</translation>
    </message>
    <message>
        <source>There is no item with the key %1.</source>
        <translation>没有键为 %1 的物品。</translation>
    </message>
    <message>
        <source>Several domains have an item with the key %1: %2. Choose one of them.</source>
        <translation>多个领域都有键为 %1 的物品：%2。请选择其中一个。</translation>
    </message>
    <message>
        <source>The server has nothing at %1, or does not have this model (%2). It has: %3.</source>
        <translation>服务器在 %1 处没有内容，或没有这个模型（%2）。它有：%3。</translation>
    </message>
    <message>
        <source>%1 is not there, but a server answers at %2. Write that address.</source>
        <translation>%1 不存在，但 %2 处有服务器应答。请填写该地址。</translation>
    </message>
    <message>
        <source>%1 sends its callers elsewhere (HTTP %2), where neither key nor texts are sent. Write the address that it has now.</source>
        <translation>%1 让调用者转到别处（HTTP %2），密钥和文本不会发往那里。请填写它现在的地址。</translation>
    </message>
    <message>
        <source>The credit of this key is used up (HTTP 429): %1 Fill it up and go on; nothing is asked twice.</source>
        <translation>该密钥的额度已用完（HTTP 429）：%1 请充值后继续；不会重复请求。</translation>
    </message>
    <message>
        <source>The knowledge base %1 tells of people, not of items. Choose one that does.</source>
        <translation>知识库 %1 描述的是用户而不是物品。请选择描述物品的知识库。</translation>
    </message>
    <message>
        <source>%1 is no complete .npy file. Save the array again.</source>
        <translation>%1 不是完整的 .npy 文件。请重新保存数组。</translation>
    </message>
    <message>
        <source>The array in %1 is stored column by column (Fortran order). Save it row by row: numpy.save(file, numpy.ascontiguousarray(array)).</source>
        <translation>%1 中的数组按列存储（Fortran 顺序）。请按行保存：numpy.save(file, numpy.ascontiguousarray(array))。</translation>
    </message>
    <message>
        <source>%1 holds pickled Python objects, which are never opened: they can run anything. Save the numbers alone: numpy.save(file, array.astype(&apos;float32&apos;)).</source>
        <translation>%1 含有 Python 序列化对象，这类内容可以执行任意代码，因此从不打开。请只保存数值：numpy.save(file, array.astype(&apos;float32&apos;))。</translation>
    </message>
    <message>
        <source>The array in %1 is of type %2. Save it as float16, float32 or float64: numpy.save(file, array.astype(&apos;&lt;f4&apos;)).</source>
        <translation>%1 中数组的类型为 %2。请保存为 float16、float32 或 float64：numpy.save(file, array.astype(&apos;&lt;f4&apos;))。</translation>
    </message>
    <message>
        <source>The array in %1 has the shape %2. It must have two dimensions: a row for each item, a column for each number of its vector.</source>
        <translation>%1 中数组的形状为 %2。它必须是二维的：每个物品一行，向量的每个数一列。</translation>
    </message>
    <message>
        <source>%1 has %2 bytes; an array of %3 rows and %4 columns of its type has %5. Save the array again.</source>
        <translation>%1 有 %2 字节；其类型的 %3 行 %4 列数组应有 %5 字节。请重新保存数组。</translation>
    </message>
    <message>
        <source>%1 cannot be read to its end.</source>
        <translation>%1 无法读到末尾。</translation>
    </message>
    <message>
        <source>The reply says nothing of %1, or not as a text.</source>
        <translation>回复没有说明 %1，或者不是文本形式。</translation>
    </message>
    <message>
        <source>The reply is larger than a reply may be (%1 bytes, %2 levels, %3 values).</source>
        <translation>回复超出了允许的大小（%1 字节，%2 层，%3 个值）。</translation>
    </message>
    <message>
        <source>The reply gives one key of an object twice.</source>
        <translation>回复中一个对象的同一个键出现了两次。</translation>
    </message>
    <message>
        <source>The reply is no JSON.</source>
        <translation>回复不是 JSON。</translation>
    </message>
    <message>
        <source>A budget of money needs the price of %1: it is not in the table of prices.</source>
        <translation>设置金额预算需要 %1 的价格：价格表中没有。</translation>
    </message>
    <message>
        <source>The vectors hold values that are not finite numbers, so the items cannot be placed on a map. Extract the knowledge base anew.</source>
        <translation>向量含有非有限数值，因此无法在地图上放置物品。请重新提取该知识库。</translation>
    </message>
    <message>
        <source>The reply holds no whole message.</source>
        <translation>回复中没有完整的消息。</translation>
    </message>
    <message>
        <source>Nobody has a history that is long enough. Lower min-history.</source>
        <translation>没有足够长的历史。请降低 min-history。</translation>
    </message>
    <message>
        <source>The facet is not in the knowledge base any more: it was extracted anew. Look at the knowledge base again.</source>
        <translation>该方面已不在知识库中：知识库被重新提取过。请重新查看该知识库。</translation>
    </message>
    <message>
        <source>A price needs the name of a model and what a million tokens cost, in and out, 0 or more.</source>
        <translation>价格需要模型名称，以及每百万词元的输入和输出费用（0 或以上）。</translation>
    </message>
    <message>
        <source>--mark %1 names no facet and verdict. Write it as NUMBER=VERDICT with a number from 1 to %2 and true, false, empty or none.</source>
        <translation>--mark %1 没有写明方面和判断。请写为 编号=判断，编号为 1 到 %2，判断为 true、false、empty 或 none。</translation>
    </message>
    <message>
        <source>The knowledge base %1 is frozen, because a run was trained with it. Make a copy of it, and change the copy.</source>
        <translation>知识库 %1 已有运行用它训练过，因此不能再改动。请先复制一份，再改动副本。</translation>
    </message>
    <message>
        <source>The method content-ridge explains ratings, and the domain %1 has none.</source>
        <translation>方法 content-ridge 解释的是评分，而领域 %1 没有评分。</translation>
    </message>
    <message>
        <source>The knowledge base %1 was extracted with other settings. What is added to it takes the same: %2.</source>
        <translation>知识库 %1 是用其他设置提取的。要添加的内容须用相同的设置：%2。</translation>
    </message>
    <message>
        <source>The knowledge base %1 is not finished (%2). Go on with its extraction before you extend it.</source>
        <translation>知识库 %1 尚未完成（%2）。请先继续提取，再扩展它。</translation>
    </message>
    <message>
        <source>The text of a facet must say something. Strike the facet out instead.</source>
        <translation>方面的文本不能为空。若不要此方面，请将其划去。</translation>
    </message>
    <message>
        <source>The text of a facet has %1 bytes; %2 are the most. Say it shorter.</source>
        <translation>方面的文本有 %1 个字节；最多 %2 个。请写短些。</translation>
    </message>
    <message>
        <source>A facet needs a name of at most %1 bytes, such as genre.</source>
        <translation>方面需要一个不超过 %1 个字节的名称，例如 genre。</translation>
    </message>
    <message>
        <source>No facet %1 has one of these texts beside %2: there is nothing to merge. Look at its vocabulary.</source>
        <translation>除 %2 外，没有方面 %1 使用这些文本：没有可合并的内容。请查看其词汇。</translation>
    </message>
    <message>
        <source>settings.facets-of is to name another knowledge base: the one whose facets get vectors.</source>
        <translation>settings.facets-of 应为另一个知识库的名称：其方面将获得向量。</translation>
    </message>
    <message>
        <source>The knowledge base %1 has no facets of these domains&apos; items. Choose one whose extractor gives facets: lexical, word-vectors, chat or file.</source>
        <translation>知识库 %1 没有这些领域物品的方面。请选择其提取器会给出方面的知识库：lexical、word-vectors、chat 或 file。</translation>
    </message>
    <message>
        <source>The knowledge base %1 has no facets of this item.</source>
        <translation>知识库 %1 没有此物品的方面。</translation>
    </message>
    <message>
        <source>The file has vectors, but those of the knowledge base were made of the facets&apos; words. Extract the file under another name.</source>
        <translation>文件带有向量，但该知识库的向量是由方面的词得出的。请以另一名称提取此文件。</translation>
    </message>
    <message>
        <source>The run %1 kept neither predictions nor lists, so its error is not known item by item. Choose another run.</source>
        <translation>运行 %1 既未保存预测也未保存推荐列表，因此无法逐个物品得知其误差。请选择另一个运行。</translation>
    </message>
    <message>
        <source>What is stored to place new texts does not fit its vocabulary. Extract the knowledge base anew under another name.</source>
        <translation>用于放置新文本的存储内容与其词汇不符。请以另一名称重新提取此知识库。</translation>
    </message>
    <message>
        <source>The knowledge base %1 does not tell of people.</source>
        <translation>知识库 %1 不涉及人。</translation>
    </message>
    <message>
        <source>The prompt names %1; only %2 can be filled in.</source>
        <translation>提示词中有 %1；只有 %2 可以填入。</translation>
    </message>
    <message>
        <source>The prompt does not say what it is about. Put one of these into it: %1.</source>
        <translation>提示词没有说明它关于什么。请在其中放入以下之一：%1。</translation>
    </message>
    <message>
        <source>The prompt %1 is about %2; here one about %3 is needed.</source>
        <translation>提示词 %1 关于 %2；此处需要关于 %3 的提示词。</translation>
    </message>
    <message>
        <source>%1 is the program&apos;s own prompt. Save yours under another name.</source>
        <translation>%1 是程序自带的提示词。请以另一名称保存您的提示词。</translation>
    </message>
    <message>
        <source>settings.key_env is not the name of an environment variable. Put the key into a variable and write that one&apos;s name, such as OPENAI_API_KEY.</source>
        <translation>settings.key_env 不是环境变量的名称。请把密钥放入某个变量，并填写该变量的名称，例如 OPENAI_API_KEY。</translation>
    </message>
    <message>
        <source>settings.%1 holds more than an address, and settings are kept. Write it without user, password and question mark: a key belongs into the environment or the keychain, the password of a proxy into the environment variable https_proxy.</source>
        <translation>settings.%1 不止是一个地址，而设置会被保存。请去掉用户名、密码和问号：密钥应放在环境变量或钥匙串中，代理的密码应放在环境变量 https_proxy 中。</translation>
    </message>
    <message>
        <source>settings.%1 holds the server&apos;s key, and settings are kept. Take it out: the key is sent without being written there.</source>
        <translation>settings.%1 中含有服务器的密钥，而设置会被保存。请将其删去：无需写在那里，密钥也会发送。</translation>
    </message>
    <message>
        <source>This person has no history that is long enough. Choose another one, or lower min-history.</source>
        <translation>此人的历史不够长。请另选一人，或调低 min-history。</translation>
    </message>
    <message>
        <source>%1 tells of people: it has facets and pairs, but no items to lay out.</source>
        <translation>%1 涉及的是人：它有方面和领域对，但没有可铺开的物品。</translation>
    </message>
    <message>
        <source>%1 tells of items. Pairs of domains are in one made by chat-users.</source>
        <translation>%1 涉及的是物品。领域对在由 chat-users 得出的知识库中。</translation>
    </message>
    <message>
        <source>A facet needs a name and a text. Strike it out if it says nothing.</source>
        <translation>方面需要名称和文本。如果它没有内容，请将其划去。</translation>
    </message>
    <message>
        <source>The facet %1 is not in the knowledge base any more: it was extracted anew. Look at the knowledge base again.</source>
        <translation>方面 %1 已不在知识库中：它被重新提取过。请再次查看此知识库。</translation>
    </message>
    <message>
        <source>No facet was chosen to be changed.</source>
        <translation>没有选择要修改的方面。</translation>
    </message>
    <message>
        <source>There is no change %1 of this knowledge base&apos;s facets. Look at the list of changes.</source>
        <translation>此知识库的方面没有编号为 %1 的修改。请查看修改列表。</translation>
    </message>
    <message>
        <source>A vector has numbers beyond 65,504, which float16 cannot hold. Set precision to float32.</source>
        <translation>有向量含有超过 65,504 的数，float16 无法表示。请把 precision 设为 float32。</translation>
    </message>
    <message>
        <source>The knowledge base %1 is a copy that is not complete. Delete it, and make the copy again.</source>
        <translation>知识库 %1 是一个未完成的副本。请将其删除，再重新复制。</translation>
    </message>
    <message>
        <source>The knowledge base %1 changed while it was copied. Make the copy again when nothing is extracted into it.</source>
        <translation>知识库 %1 在复制期间发生了变化。请在没有提取写入时重新复制。</translation>
    </message>
    <message>
        <source>There is a knowledge base %1 already. Choose another name.</source>
        <translation>已有知识库 %1。请换一个名称。</translation>
    </message>
    <message>
        <source>The knowledge base %1 is not finished (%2). Go on with its extraction before you make a copy.</source>
        <translation>知识库 %1 尚未完成（%2）。请先继续提取，再进行复制。</translation>
    </message>
    <message>
        <source>A prompt&apos;s name has 1 to %1 bytes, no @, and no blank at its ends.</source>
        <translation>提示词的名称为 1 到 %1 个字节，不含 @，首尾没有空格。</translation>
    </message>
    <message>
        <source>There is no prompt %1. Did you mean %2?</source>
        <translation>没有提示词 %1。您是指 %2 吗？</translation>
    </message>
    <message>
        <source>There is no prompt %1. Save one under this name first.</source>
        <translation>没有提示词 %1。请先以此名称保存一个。</translation>
    </message>
    <message>
        <source>The prompt %1 has no version %2; its last is %3.</source>
        <translation>提示词 %1 没有版本 %2；其最新版本是 %3。</translation>
    </message>
    <message>
        <source>The prompts %1 are about %2. Save this one under another name.</source>
        <translation>提示词 %1 关于 %2。请以另一名称保存此提示词。</translation>
    </message>
    <message>
        <source>The knowledge base %1 does not hold what it takes to place new texts: it was extracted by an earlier version. Extract it anew under another name.</source>
        <translation>知识库 %1 不含放置新文本所需的内容：它由较早的版本提取。请以另一名称重新提取。</translation>
    </message>
    <message>
        <source>A stored vocabulary is damaged.</source>
        <translation>存储的词汇已损坏。</translation>
    </message>
    <message>
        <source>%1 facets of the item %2 are meant by that. Name one by --facet and --nth, as the list of its facets has them.</source>
        <translation>物品 %2 有 %1 条方面符合。请按其方面列表中的写法，用 --facet 和 --nth 指明一条。</translation>
    </message>
    <message>
        <source>There is no change to undo.</source>
        <translation>没有可撤销的修改。</translation>
    </message>
    <message>
        <source>There is no change to make again.</source>
        <translation>没有可重做的修改。</translation>
    </message>
    <message>
        <source>The knowledge base %1 has no facets.</source>
        <translation>知识库 %1 没有方面。</translation>
    </message>
    <message>
        <source>The knowledge base %1 has no facet %2. It has: %3.</source>
        <translation>知识库 %1 没有方面 %2。现有：%3。</translation>
    </message>
    <message>
        <source>Another job changed the knowledge base %1 in the meantime. Try again.</source>
        <translation>在此期间，另一个任务更改了知识库 %1。请重试。</translation>
    </message>
</context>
<context>
    <name>facets</name>
    <message>
        <source>keyphrase</source>
        <translation>关键短语</translation>
    </message>
    <message>
        <source>topic</source>
        <translation>主题</translation>
    </message>
</context>
<context>
    <name>findings</name>
    <message>
        <source>The data is no longer what it was when this ran, or cannot be read any more: leaks and twins in it were not looked for. Run the spec again.</source>
        <translation>数据已不是运行时的数据，或已无法读取：未检查其中的泄露和孪生物品。请重新运行该规格。</translation>
    </message>
    <message>
        <source>%1 items of %2 seem to be listed in %3 under another id (the same people have both). No test interaction has its twin there with that very person.</source>
        <translation>%2 的 %1 个物品似乎以另一编号列在 %3 中（两者属于相同的人）。没有测试交互在那里有属于同一人的孪生交互。</translation>
    </message>
    <message>
        <source>%1 of %2 test interactions, of %3 people, have a twin in the training data of %4 with that very person: %5 items of %6 seem to be listed there under another id. The source gives these answers away. Set data.drop_twins to true and run again.</source>
        <translation>%2 个测试交互中有 %1 个（涉及 %3 人）在 %4 的训练数据中有属于同一人的孪生交互：%6 的 %5 个物品似乎以另一编号列在那里。来源领域泄露了这些答案。请将 data.drop_twins 设为 true 后重新运行。</translation>
    </message>
    <message>
        <source>%1 of %2 test interactions (%3 %) are earlier than a training interaction of the same person: the model has seen what came after. A temporal split rules this out.</source>
        <translation>%2 个测试交互中有 %1 个（%3%）早于同一人的某个训练交互：模型已见过之后发生的事。按时间划分可以避免这一点。</translation>
    </message>
    <message>
        <source>%1 from run %2 without sources to run %3 with them: %4 -&gt; %5 for the %6 people whom a twin tells the answer, %7 -&gt; %8 for the %9 others. What the sources are worth shows in the others.</source>
        <translation>%1，从无来源领域的运行 %2 到有来源领域的运行 %3：被孪生物品告知答案的 %6 人为 %4 -&gt; %5，其余 %9 人为 %7 -&gt; %8。来源领域的价值体现在其余的人身上。</translation>
    </message>
    <message>
        <source>For %1 of %2 test users (%3 %) all scores of the list are equal: the order is that of the items&apos; ids, and the first %4 places say nothing about the method.</source>
        <translation>%2 个测试用户中有 %1 个（%3%）的列表得分全部相等：顺序只是物品编号的顺序，前 %4 位不能说明方法的好坏。</translation>
    </message>
    <message>
        <source>For %1 of %2 test users (%3 %) scores tie at place %4, where the measures cut the list: the items&apos; ids decide who is in, and %5 relevant items are in with that very score.</source>
        <translation>%2 个测试用户中有 %1 个（%3%）的得分在第 %4 位（指标截断列表之处）并列：由物品编号决定谁入选，其中 %5 个相关物品以该得分入选。</translation>
    </message>
    <message>
        <source>No run without knowledge stands beside it, on the same data and split: nothing says what the knowledge is worth. Add one.</source>
        <translation>在相同的数据和划分上没有不用知识的运行与之并列：无从得知知识的价值。请加入一个。</translation>
    </message>
    <message>
        <source>No run of the same method with shuffled knowledge stands beside it, on the same data and split: the gain may come from the additional parameters alone. Add one.</source>
        <translation>在相同的数据和划分上没有同一方法使用打乱知识的运行与之并列：增益可能只来自额外的参数。请加入一个。</translation>
    </message>
    <message>
        <source>%1 runs differ in hyperparameters only and have no validation part: choosing the best of them is choosing on test data. Hold out a validation part, and choose by its figures.</source>
        <translation>%1 个运行只在超参数上不同，而且没有验证部分：从中挑选最好的就是在测试数据上挑选。请留出验证部分，并按其指标挑选。</translation>
    </message>
    <message>
        <source>One seed only: no other run of the same spec has another seed, split seed or fold, so that nothing says how much of the figures is chance. Run the spec with several seeds.</source>
        <translation>只有一个种子：同一规格没有使用其他种子、划分种子或折的运行，因此无从得知指标中有多少出于偶然。请用多个种子运行该规格。</translation>
    </message>
    <message>
        <source>No control stands beside it, on the same data and split: nothing says whether it is better than what needs no learning. Add popularity, or bias for ratings.</source>
        <translation>在相同的数据和划分上没有对照与之并列：无从得知它是否优于无需学习的方法。请加入 popularity，评分则加入 bias。</translation>
    </message>
    <message>
        <source>It learns ratings with the help of sources, and carried-bias does not stand beside it, on the same data and split: how generously a person rates elsewhere may be all that it has learnt. Add a run of carried-bias.</source>
        <translation>它借助来源领域学习评分，而在相同的数据和划分上没有 carried-bias 与之并列：它学到的也许只是一个人在别处打分的宽松程度。请加入一个 carried-bias 运行。</translation>
    </message>
    <message>
        <source>The weights are approximated from each item&apos;s neighbourhood: on a sample of items the equations of the exact weights are missed by %1 % of their right-hand side. A larger neighbourhood comes nearer.</source>
        <translation>权重由每个物品的邻域近似得到：在一个物品样本上，精确权重的方程偏差为其右端的 %1%。邻域越大越接近。</translation>
    </message>
    <message>
        <source>%1 of %2 test users (%3 %) have no list: they count as 0, so that the figures say how many lists there are as well as how good they are.</source>
        <translation>%2 个测试用户中有 %1 个（%3%）没有推荐列表：他们计为 0，因此这些数字既反映推荐列表有多少，也反映推荐列表有多好。</translation>
    </message>
    <message>
        <source>Run %1 was refitted on validation data with settings that validation did not choose: run %2 has others and the best %3 on it (%4). Refit with those.</source>
        <translation>运行 %1 在验证数据上重新拟合时，所用设置并非由验证选出：运行 %2 的设置不同，且在验证中取得最好的 %3（%4）。请用那些设置重新拟合。</translation>
    </message>
    <message>
        <source>It has no ranking measure of full ranking: nothing says how well it ranks among all items. Add one without ~, such as ndcg@10.</source>
        <translation>它没有全排序的排序指标：无从得知它在全部物品中排序得如何。请加入一个不带 ~ 的指标，例如 ndcg@10。</translation>
    </message>
    <message>
        <source>The mean of all ratings, of the item&apos;s and of the user&apos;s do not all stand beside it, on the same data and split: how much a mean alone explains remains open. Add the controls, or runs of bias with terms none and user, and of popularity by mean.</source>
        <translation>在相同的数据和划分上，全部评分的平均、物品的平均和用户的平均没有全部与之并列：仅凭平均能解释多少仍不清楚。请添加对照，或加入 terms 为 none 和 user 的 bias 运行，以及按平均评分的 popularity 运行。</translation>
    </message>
    <message>
        <source>Its training went on from run %1, which is no longer there, or whose data is no longer what it was: nothing says whether that run learnt from what is tested here. Train without a start.</source>
        <translation>其训练是从运行 %1 接着进行的，而该运行已不存在，或其数据已不再是当时的样子：无从得知它是否学习过此处测试的内容。请不设起点重新训练。</translation>
    </message>
    <message>
        <source>%1 of %2 test interactions, of %3 people, were training interactions of the run that its training went on from (%4): the model knew these answers. Train without a start, or go on from a run that holds out the same interactions.</source>
        <translation>%2 个测试交互中有 %1 个（涉及 %3 人）是其训练所接续的运行（%4）的训练交互：模型已经知道这些答案。请不设起点重新训练，或从留出相同交互的运行接着训练。</translation>
    </message>
    <message>
        <source>More pairs of items share people than are held at once: each item was explained by those %1 items alone that explain best who has it. The parameter neighbourhood chooses how many.</source>
        <translation>有共同用户的物品对太多，无法同时放在内存中：每个物品只由最能说明谁拥有它的 %1 个物品来解释。参数 neighbourhood 决定其数量。</translation>
    </message>
    <message>
        <source>The %1 parts of the blend have the weights that were given: there was no validation part to choose them on, as with refit. A run with one tells what it chose; set these.</source>
        <translation>混合的 %1 个部分采用给定的权重：没有验证部分可用来选择权重，例如使用 refit 时。有验证部分的运行会给出它选择的权重；请填入这些权重。</translation>
    </message>
    <message>
        <source>%1 of %2 given negatives (%3 %) are none: %4 people have those very items, in training or held out. A good model ranks them high and looks worse for it. Take them out of the file, or compare by full ranking.</source>
        <translation>给定的 %2 个负例中有 %1 个（%3%）并非负例：有 %4 人在训练或留出部分中正好有这些物品。好的模型会把它们排在前面，因而显得更差。请从文件中删去它们，或用全排序来比较。</translation>
    </message>
    <message>
        <source>Measures with ~ rank the relevant items among a few sampled or given ones, not among all: they are higher than those of full ranking, may order methods differently, and are for comparing with published tables only.</source>
        <translation>带 ~ 的指标只在少数采样或给定的物品中给相关物品排名，而不是在全部物品中：数值高于全排序，对方法的排序可能不同，仅用于与已发表的表格比较。</translation>
    </message>
</context>
<context>
    <name>inspect</name>
    <message>
        <source>By its name %1.</source>
        <translation>依据其名称 %1。</translation>
    </message>
    <message>
        <source>The first rows all hold 1: implicit feedback, which needs no value.</source>
        <translation>前几行全是 1：这是隐式反馈，不需要数值。</translation>
    </message>
    <message>
        <source>By its place: user, item, value, time is the usual order.</source>
        <translation>依据其位置：通常的顺序是用户、物品、数值、时间。</translation>
    </message>
    <message>
        <source>Its values are times.</source>
        <translation>其值是时间。</translation>
    </message>
    <message>
        <source>%1 is the only other id.</source>
        <translation>%1 是唯一的另一个标识。</translation>
    </message>
    <message>
        <source>Kept as the field %1.</source>
        <translation>保留为字段 %1。</translation>
    </message>
    <message>
        <source>The first column that can be an id.</source>
        <translation>第一个可以作为标识的列。</translation>
    </message>
    <message>
        <source>The first column of texts.</source>
        <translation>第一个文本列。</translation>
    </message>
    <message>
        <source>By its place in a member &quot;key&quot;: [item, domain].</source>
        <translation>依据其在成员 &quot;key&quot;: [item, domain] 中的位置。</translation>
    </message>
    <message>
        <source>Every line is what one user did.</source>
        <translation>每一行是一个用户的行为。</translation>
    </message>
    <message>
        <source>There is no column of users: descriptions of items.</source>
        <translation>没有用户列：这是物品描述。</translation>
    </message>
    <message>
        <source>There are columns of users and of items.</source>
        <translation>有用户列和物品列。</translation>
    </message>
    <message>
        <source>There is a column of users and none of items.</source>
        <translation>有用户列，没有物品列。</translation>
    </message>
    <message>
        <source>The second column holds texts: titles of items.</source>
        <translation>第二列是文本：物品的标题。</translation>
    </message>
    <message>
        <source>The second column holds F or M: properties of users.</source>
        <translation>第二列是 F 或 M：用户的属性。</translation>
    </message>
    <message>
        <source>The first two columns can be a user and an item.</source>
        <translation>前两列可以是用户和物品。</translation>
    </message>
    <message>
        <source>By its place: the users of two platforms.</source>
        <translation>依据其位置：两个平台的用户。</translation>
    </message>
    <message>
        <source>The first row looks like the others: no header.</source>
        <translation>第一行与其他行相似：没有表头。</translation>
    </message>
    <message>
        <source>The first row has the form name:type.</source>
        <translation>第一行的形式是 name:type。</translation>
    </message>
    <message>
        <source>&quot;%1&quot; stands above a column of numbers.</source>
        <translation>“%1”位于一列数之上。</translation>
    </message>
    <message>
        <source>&quot;%1&quot; is a usual name of a column.</source>
        <translation>“%1”是常见的列名。</translation>
    </message>
    <message>
        <source>%1 of the first rows have too many fields because an HTML entity was cut at its semicolon.</source>
        <translation>前几行中有 %1 行字段过多，因为 HTML 实体在其分号处被切断。</translation>
    </message>
    <message>
        <source>Columns and delimiter are those of %1.</source>
        <translation>列和分隔符与 %1 一致。</translation>
    </message>
    <message>
        <source>The first two bytes are those of a gzip file.</source>
        <translation>前两个字节是 gzip 文件的标志。</translation>
    </message>
    <message>
        <source>MovieLens ratings.csv: userId, movieId, rating, timestamp</source>
        <translation>MovieLens ratings.csv：userId, movieId, rating, timestamp</translation>
    </message>
    <message>
        <source>MovieLens movies.csv: movieId, title, genres</source>
        <translation>MovieLens movies.csv：movieId, title, genres</translation>
    </message>
    <message>
        <source>MovieLens ratings.dat: user::movie::rating::time</source>
        <translation>MovieLens ratings.dat：用户::电影::评分::时间</translation>
    </message>
    <message>
        <source>MovieLens movies.dat: movie::title::genres, Latin-1</source>
        <translation>MovieLens movies.dat：电影::标题::类型，Latin-1</translation>
    </message>
    <message>
        <source>MovieLens users.dat: user::gender::age::occupation::zip</source>
        <translation>MovieLens users.dat：用户::性别::年龄::职业::邮编</translation>
    </message>
    <message>
        <source>MovieTweetings ratings.dat: user::IMDb number::rating::time</source>
        <translation>MovieTweetings ratings.dat：用户::IMDb 编号::评分::时间</translation>
    </message>
    <message>
        <source>MovieTweetings movies.dat: IMDb number::title::genres</source>
        <translation>MovieTweetings movies.dat：IMDb 编号::标题::类型</translation>
    </message>
    <message>
        <source>Book-Crossing ratings as published: semicolons, quotes, Latin-1</source>
        <translation>Book-Crossing 原始评分：分号、引号、Latin-1</translation>
    </message>
    <message>
        <source>Book-Crossing books as published: semicolons, quotes, Latin-1</source>
        <translation>Book-Crossing 原始图书：分号、引号、Latin-1</translation>
    </message>
    <message>
        <source>Book-Crossing items_info.dat, tab separated. Where the semicolon of an HTML entity became a tab, the row is put together again; what does not fit then is rejected</source>
        <translation>Book-Crossing items_info.dat，制表符分隔。若 HTML 实体的分号变成了制表符，则把该行重新拼合；仍不符合的行会被拒绝</translation>
    </message>
    <message>
        <source>Douban ratings: user, item, rating, tab separated, no header</source>
        <translation>豆瓣评分：用户、物品、评分，制表符分隔，无表头</translation>
    </message>
    <message>
        <source>RecBole atomic file .inter: tab separated, header name:type</source>
        <translation>RecBole 原子文件 .inter：制表符分隔，表头为 name:type</translation>
    </message>
    <message>
        <source>RecBole atomic file .item: tab separated, header name:type</source>
        <translation>RecBole 原子文件 .item：制表符分隔，表头为 name:type</translation>
    </message>
    <message>
        <source>RecBole atomic file .user: tab separated, header name:type</source>
        <translation>RecBole 原子文件 .user：制表符分隔，表头为 name:type</translation>
    </message>
    <message>
        <source>Interactions, tab separated, with a header line</source>
        <translation>交互，制表符分隔，有表头</translation>
    </message>
    <message>
        <source>Descriptions of items, tab separated, with a header line</source>
        <translation>物品描述，制表符分隔，有表头</translation>
    </message>
    <message>
        <source>One user a line: user item|time item|time ...</source>
        <translation>每行一个用户：用户 物品|时间 物品|时间 …</translation>
    </message>
    <message>
        <source>One user a line: number, tab, item,item,... oldest first. In a file of part valid or test the last item of a line is of that part, the items before it are of part train</source>
        <translation>每行一个用户：编号、制表符、物品,物品,…，最早的在前。在 valid 或 test 部分的文件中，每行最后一个物品属于该部分，其余属于 train</translation>
    </message>
    <message>
        <source>A JSON object of items: &quot;key&quot;: [item, domain]</source>
        <translation>由物品组成的 JSON 对象：&quot;key&quot;: [item, domain]</translation>
    </message>
    <message>
        <source>No delimiter occurs regularly: one column.</source>
        <translation>没有规律出现的分隔符：只有一列。</translation>
    </message>
    <message>
        <source>%1 gives %2 columns in %3 % of the first %4 lines.</source>
        <translation>%1在前 %4 行的 %3% 中给出 %2 列。</translation>
    </message>
    <message>
        <source>No field of the first lines is quoted; a quote would enclose a field, as is usual with this delimiter.</source>
        <translation>前几行没有带引号的字段；引号会包围字段，这是该分隔符的惯例。</translation>
    </message>
    <message>
        <source>No field of the first lines is quoted; quotes are read as text, as is usual with this delimiter.</source>
        <translation>前几行没有带引号的字段；引号当作文本读取，这是该分隔符的惯例。</translation>
    </message>
    <message>
        <source>%1 of the first lines have quoted fields.</source>
        <translation>前几行中有 %1 行含带引号的字段。</translation>
    </message>
    <message>
        <source>%1 of the first lines have fields that begin with a quote and go on behind the next: quotes are text here.</source>
        <translation>前几行中有 %1 行的字段以引号开头，并在下一个引号之后继续：这里的引号是文本。</translation>
    </message>
    <message>
        <source>The file starts with a byte order mark of UTF-16.</source>
        <translation>文件以 UTF-16 的字节顺序标记开头。</translation>
    </message>
    <message>
        <source>Every other byte is zero, as in UTF-16.</source>
        <translation>每隔一个字节为零，符合 UTF-16。</translation>
    </message>
    <message>
        <source>The file starts with a byte order mark of UTF-8.</source>
        <translation>文件以 UTF-8 的字节顺序标记开头。</translation>
    </message>
    <message>
        <source>Only ASCII in the first %1 bytes, which is valid UTF-8.</source>
        <translation>前 %1 个字节全是 ASCII，属于有效的 UTF-8。</translation>
    </message>
    <message>
        <source>%1 bytes above 127, all of them valid UTF-8.</source>
        <translation>有 %1 个字节大于 127，都是有效的 UTF-8。</translation>
    </message>
    <message>
        <source>%1 bytes above 127, nearly all of them valid UTF-8; rows with others will be rejected.</source>
        <translation>有 %1 个字节大于 127，几乎都是有效的 UTF-8；含有其他字节的行会被拒绝。</translation>
    </message>
    <message>
        <source>%1 bytes above 127 that are not valid UTF-8.</source>
        <translation>有 %1 个字节大于 127，且不是有效的 UTF-8。</translation>
    </message>
    <message>
        <source>The file starts like a JSON object of lists or numbers.</source>
        <translation>文件开头像是由列表或数组成的 JSON 对象。</translation>
    </message>
    <message>
        <source>%1 of the first %2 lines are a user and events of the form item|time.</source>
        <translation>前 %2 行中有 %1 行是用户加“物品|时间”形式的事件。</translation>
    </message>
    <message>
        <source>The lines are a number, a tab, and item ids joined by commas.</source>
        <translation>各行是编号、制表符和用逗号连接的物品标识。</translation>
    </message>
    <message>
        <source>One row a line.</source>
        <translation>每行一条记录。</translation>
    </message>
    <message>
        <source>Named like a value, and most of the first rows hold no number.</source>
        <translation>名称像数值，但前几行大多不是数字。</translation>
    </message>
    <message>
        <source>By its place: user, item, negative.</source>
        <translation>按位置判断：用户、物品、负例。</translation>
    </message>
    <message>
        <source>Every line is what one held-out interaction is ranked among.</source>
        <translation>每一行是一条留出交互与之一同排名的物品。</translation>
    </message>
    <message>
        <source>There are columns of users, of items and of negatives.</source>
        <translation>其中有用户、物品和负例的列。</translation>
    </message>
    <message>
        <source>Negatives of held-out interactions as NCF and BiTGCF publish them, one interaction a line: (user, item), tab, item, tab, item ...</source>
        <translation>NCF 和 BiTGCF 所发布形式的留出交互负例，每行一条交互：(用户, 物品)、制表符、物品、制表符、物品 ...</translation>
    </message>
    <message>
        <source>Negatives of held-out interactions, one a row: user, item, negative</source>
        <translation>留出交互的负例，每行一个：用户、物品、负例</translation>
    </message>
    <message>
        <source>Negatives of held-out interactions, one a row: user, item, negative, tab separated</source>
        <translation>留出交互的负例，每行一个：用户、物品、负例，以制表符分隔</translation>
    </message>
    <message>
        <source>%1 of the first %2 lines are an interaction of the form (user, item) and items behind it.</source>
        <translation>前 %2 行中有 %1 行是 (用户, 物品) 形式的交互，后面跟着物品。</translation>
    </message>
</context>
<context>
    <name>measures</name>
    <message>
        <source>RMSE</source>
        <translation>RMSE</translation>
    </message>
    <message>
        <source>Root of the mean squared error of the predicted ratings, clipped to the scale, over all held-out pairs. Per user: the mean squared error.</source>
        <translation>所有留出对上预测评分（截到量程内）的均方误差的平方根。逐用户：均方误差。</translation>
    </message>
    <message>
        <source>MAE</source>
        <translation>MAE</translation>
    </message>
    <message>
        <source>Mean absolute error of the predicted ratings, clipped to the scale, over all held-out pairs.</source>
        <translation>所有留出对上预测评分（截到量程内）的平均绝对误差。</translation>
    </message>
    <message>
        <source>Accuracy</source>
        <translation>准确率</translation>
    </message>
    <message>
        <source>Share of the held-out pairs whose predicted rating lies on the right side of the relevance threshold (the middle of the scale when none is set).</source>
        <translation>预测评分落在相关阈值正确一侧的留出对所占比例（未设阈值时取量程中点）。</translation>
    </message>
    <message>
        <source>Precision</source>
        <translation>精确率</translation>
    </message>
    <message>
        <source>Share of the held-out pairs predicted relevant that are (threshold as for accuracy).</source>
        <translation>预测为相关的留出对中确实相关的比例（阈值同准确率）。</translation>
    </message>
    <message>
        <source>Recall</source>
        <translation>召回率</translation>
    </message>
    <message>
        <source>Share of the relevant held-out pairs that are predicted relevant (threshold as for accuracy).</source>
        <translation>相关的留出对中被预测为相关的比例（阈值同准确率）。</translation>
    </message>
    <message>
        <source>F1</source>
        <translation>F1</translation>
    </message>
    <message>
        <source>Harmonic mean of precision and recall over the held-out pairs.</source>
        <translation>留出对上精确率与召回率的调和平均。</translation>
    </message>
    <message>
        <source>AUC</source>
        <translation>AUC</translation>
    </message>
    <message>
        <source>Area under the ROC curve over the held-out pairs: how often a relevant pair scores above another one, equal scores counting half (threshold as for accuracy).</source>
        <translation>留出对上 ROC 曲线下的面积：相关对得分高于其他对的频率，同分计一半（阈值同准确率）。</translation>
    </message>
    <message>
        <source>Log loss</source>
        <translation>对数损失</translation>
    </message>
    <message>
        <source>Mean negative log-likelihood of relevance over the held-out pairs, the predicted rating&apos;s place on the scale read as its probability.</source>
        <translation>留出对上相关性的平均负对数似然，以预测评分在量程中的位置作为概率。</translation>
    </message>
    <message>
        <source>Ranking AUC</source>
        <translation>排序 AUC</translation>
    </message>
    <message>
        <source>How often a user&apos;s relevant held-out item scores above another item that the user has not seen, equal scores counting half; the mean over users.</source>
        <translation>用户留出的相关物品得分高于其未见物品的频率，同分计一半；对用户取平均。</translation>
    </message>
    <message>
        <source>Precision at K</source>
        <translation>K 处精确率</translation>
    </message>
    <message>
        <source>Share of the first K places that are relevant; the mean over users.</source>
        <translation>前 K 个位置中相关的比例；对用户取平均。</translation>
    </message>
    <message>
        <source>Recall at K</source>
        <translation>K 处召回率</translation>
    </message>
    <message>
        <source>Share of the user&apos;s relevant items among the first K places; the mean over users.</source>
        <translation>用户的相关物品出现在前 K 个位置的比例；对用户取平均。</translation>
    </message>
    <message>
        <source>F1 at K</source>
        <translation>K 处 F1</translation>
    </message>
    <message>
        <source>Harmonic mean of precision and recall at K; the mean over users.</source>
        <translation>K 处精确率与召回率的调和平均；对用户取平均。</translation>
    </message>
    <message>
        <source>Hit rate at K</source>
        <translation>K 处命中率</translation>
    </message>
    <message>
        <source>Share of the users with a relevant item among the first K places.</source>
        <translation>前 K 个位置中有相关物品的用户比例。</translation>
    </message>
    <message>
        <source>NDCG at K</source>
        <translation>K 处 NDCG</translation>
    </message>
    <message>
        <source>Discounted gain of the relevant items among the first K places, over that of the best possible list; the mean over users.</source>
        <translation>前 K 个位置中相关物品的折损增益与最佳可能列表之比；对用户取平均。</translation>
    </message>
    <message>
        <source>MAP at K</source>
        <translation>K 处 MAP</translation>
    </message>
    <message>
        <source>Mean of the precision at each relevant place among the first K, over the most that could be reached; the mean over users.</source>
        <translation>前 K 个中每个相关位置的精确率之和除以可达到的最大值；对用户取平均。</translation>
    </message>
    <message>
        <source>MRR at K</source>
        <translation>K 处 MRR</translation>
    </message>
    <message>
        <source>One over the place of the first relevant item, 0 when none is among the first K; the mean over users.</source>
        <translation>第一个相关物品位置的倒数，前 K 个中没有则为 0；对用户取平均。</translation>
    </message>
    <message>
        <source>Coverage at K</source>
        <translation>K 处覆盖率</translation>
    </message>
    <message>
        <source>Share of the catalogue that stands in anybody&apos;s first K places.</source>
        <translation>出现在任何人前 K 个位置中的物品占全部物品的比例。</translation>
    </message>
    <message>
        <source>Gini at K</source>
        <translation>K 处基尼系数</translation>
    </message>
    <message>
        <source>How unevenly the recommendations are spread over the catalogue: 0 evenly, 1 all on one item.</source>
        <translation>推荐在全部物品上分布的不均匀程度：0 为均匀，1 为全部集中在一个物品。</translation>
    </message>
    <message>
        <source>Novelty at K</source>
        <translation>K 处新颖性</translation>
    </message>
    <message>
        <source>Mean of -log2 of the recommended items&apos; share of the training interactions, in bits; unknown items count as seen once.</source>
        <translation>所推荐物品在训练交互中占比的 -log2 的平均，单位为比特；未知物品按出现一次计。</translation>
    </message>
    <message>
        <source>Diversity at K</source>
        <translation>K 处多样性</translation>
    </message>
    <message>
        <source>1 minus the mean cosine between the knowledge vectors of the items of a list; the mean over users.</source>
        <translation>1 减去列表中物品知识向量之间余弦的平均；对用户取平均。</translation>
    </message>
    <message>
        <source>Serendipity at K</source>
        <translation>K 处惊喜度</translation>
    </message>
    <message>
        <source>Share of the first K places with a relevant item that is not among the user&apos;s K most popular unseen items; the mean over users.</source>
        <translation>前 K 个位置中相关且不属于该用户 K 个最热门未见物品的比例；对用户取平均。</translation>
    </message>
    <message>
        <source>Calibration at K</source>
        <translation>K 处校准度</translation>
    </message>
    <message>
        <source>Divergence (KL) of a list&apos;s shares of genres from those of the user&apos;s training items, by the knowledge base&apos;s genre facets or its most common ones; 0 is a perfect mirror.</source>
        <translation>列表的类型分布相对用户训练物品的 KL 散度，按知识库的类型方面或其最常见的方面计算；0 表示完全一致。</translation>
    </message>
    <message>
        <source>PICP</source>
        <translation>PICP</translation>
    </message>
    <message>
        <source>Prediction interval coverage: share of the held-out ratings within the 95 % interval around the expected rating, 1.96 deviations to either side, the noise of a single rating included. Right is 0.95: less says too sure, more too unsure. For methods that say how unsure they are.</source>
        <translation>预测区间覆盖率：留出评分中落在期望评分 95% 区间（两侧各 1.96 个标准差，含单个评分的噪声）内的比例。理想值为 0.95：偏小说明过于自信，偏大说明过于保守。仅用于能说明自身不确定程度的方法。</translation>
    </message>
</context>
<context>
    <name>methods</name>
    <message>
        <source>Facets</source>
        <translation>方面</translation>
    </message>
    <message>
        <source>Prompt</source>
        <translation>提示词</translation>
    </message>
    <message>
        <source>Form of the reply</source>
        <translation>回复形式</translation>
    </message>
    <message>
        <source>Longest reply</source>
        <translation>最长回复</translation>
    </message>
    <message>
        <source>tokens</source>
        <translation>词元</translation>
    </message>
    <message>
        <source>Temperature</source>
        <translation>温度</translation>
    </message>
    <message>
        <source>0 takes the likeliest words; more varies them.</source>
        <translation>0 取最可能的词；越大变化越多。</translation>
    </message>
    <message>
        <source>Vector length</source>
        <translation>向量长度</translation>
    </message>
    <message>
        <source>The facets&apos; words become vectors of this length (TF-IDF and truncated SVD), as with the lexical extractor.</source>
        <translation>方面中的词会变成这个长度的向量（TF-IDF 与截断 SVD），与 lexical 提取器相同。</translation>
    </message>
    <message>
        <source>Facets from a chat model</source>
        <translation>来自对话模型的方面</translation>
    </message>
    <message>
        <source>Asks a chat model behind an OpenAI-compatible address what it knows about every item: a short text for each facet.</source>
        <translation>向 OpenAI 兼容地址后的对话模型询问它对每个物品的了解：每个方面一段短文本。</translation>
    </message>
    <message>
        <source>Items per request</source>
        <translation>每次请求的物品数</translation>
    </message>
    <message>
        <source>How many texts one request carries.</source>
        <translation>一次请求携带多少段文本。</translation>
    </message>
    <message>
        <source>Sentence vectors from a server</source>
        <translation>来自服务器的句向量</translation>
    </message>
    <message>
        <source>Sends the items&apos; texts to an embedding model behind an OpenAI-compatible address and keeps its vectors.</source>
        <translation>把物品文本发送给 OpenAI 兼容地址后的嵌入模型，并保存其向量。</translation>
    </message>
    <message>
        <source>Words and phrases</source>
        <translation>词与短语</translation>
    </message>
    <message>
        <source>Weighs the words and phrases of the items&apos; texts (TF-IDF) and condenses them to vectors (truncated SVD). Needs no network; the same texts give the same knowledge.</source>
        <translation>为物品文本中的词和短语加权（TF-IDF），并压缩为向量（截断 SVD）。不需要网络；相同的文本得到相同的知识。</translation>
    </message>
    <message>
        <source>Numbers in an item&apos;s vector; fewer when there are fewer terms.</source>
        <translation>物品向量中的数的个数；词项较少时也较少。</translation>
    </message>
    <message>
        <source>Rarest term</source>
        <translation>最罕见的词项</translation>
    </message>
    <message>
        <source>Terms in fewer items than this are left out.</source>
        <translation>出现在少于此数的物品中的词项会被忽略。</translation>
    </message>
    <message>
        <source>items</source>
        <translation>物品</translation>
    </message>
    <message>
        <source>Most common term</source>
        <translation>最常见的词项</translation>
    </message>
    <message>
        <source>Terms in a larger share of the items than this are left out.</source>
        <translation>出现在超过此比例的物品中的词项会被忽略。</translation>
    </message>
    <message>
        <source>Phrases</source>
        <translation>短语</translation>
    </message>
    <message>
        <source>Words that belong together are terms too: science fiction.</source>
        <translation>固定搭配也算词项：science fiction。</translation>
    </message>
    <message>
        <source>Topics per item</source>
        <translation>每个物品的主题数</translation>
    </message>
    <message>
        <source>Key phrases and topics kept as facets of an item, beside the values of its fields.</source>
        <translation>除字段值外，作为物品方面保留的关键短语和主题。</translation>
    </message>
    <message>
        <source>Weight of the title</source>
        <translation>标题权重</translation>
    </message>
    <message>
        <source>A word of the title counts this many times; 0 leaves titles out.</source>
        <translation>标题中的一个词按此倍数计；0 表示忽略标题。</translation>
    </message>
    <message>
        <source>Server</source>
        <translation>服务器</translation>
    </message>
    <message>
        <source>Address of an OpenAI-compatible server, up to /v1.</source>
        <translation>OpenAI 兼容服务器的地址，写到 /v1。</translation>
    </message>
    <message>
        <source>Model</source>
        <translation>模型</translation>
    </message>
    <message>
        <source>The model&apos;s name, as the server lists it.</source>
        <translation>模型名称，与服务器列出的一致。</translation>
    </message>
    <message>
        <source>Key variable</source>
        <translation>密钥变量</translation>
    </message>
    <message>
        <source>Environment variable that holds the key, if the server wants one. The key itself is stored nowhere.</source>
        <translation>存放密钥的环境变量（如果服务器需要）。密钥本身不会保存在任何地方。</translation>
    </message>
    <message>
        <source>Requests at once</source>
        <translation>同时请求数</translation>
    </message>
    <message>
        <source>How many requests are under way at the same time.</source>
        <translation>同时进行的请求数量。</translation>
    </message>
    <message>
        <source>Time limit</source>
        <translation>时限</translation>
    </message>
    <message>
        <source>For one request; slower ones are repeated.</source>
        <translation>针对单次请求；超时的会重试。</translation>
    </message>
    <message>
        <source>seconds</source>
        <translation>秒</translation>
    </message>
    <message>
        <source>Longest text</source>
        <translation>最长文本</translation>
    </message>
    <message>
        <source>An item&apos;s text is cut there.</source>
        <translation>物品文本在此处截断。</translation>
    </message>
    <message>
        <source>bytes</source>
        <translation>字节</translation>
    </message>
    <message>
        <source>User and item bias</source>
        <translation>用户与物品偏置</translation>
    </message>
    <message>
        <source>Controls</source>
        <translation>对照</translation>
    </message>
    <message>
        <source>User shrinkage</source>
        <translation>用户收缩</translation>
    </message>
    <message>
        <source>Pulls a user&apos;s bias towards 0, as strongly as this many average ratings would.</source>
        <translation>把用户的偏置拉向 0，强度相当于这么多个平均评分。</translation>
    </message>
    <message>
        <source>ratings</source>
        <translation>评分</translation>
    </message>
    <message>
        <source>Item shrinkage</source>
        <translation>物品收缩</translation>
    </message>
    <message>
        <source>Pulls an item&apos;s bias towards 0, as strongly as this many average ratings would.</source>
        <translation>把物品的偏置拉向 0，强度相当于这么多个平均评分。</translation>
    </message>
    <message>
        <source>Bias carried from the source</source>
        <translation>从来源带来的偏置</translation>
    </message>
    <message>
        <source>The item&apos;s mean rating plus how high this user rates in the source domains, times a learned slope; ratings in the target count as well. What every method for new users must beat.</source>
        <translation>物品的平均评分，加上该用户在来源领域评分的高低乘以学得的斜率；目标领域的评分也计入。面向新用户的方法都必须胜过它。</translation>
    </message>
    <message>
        <source>Pulls a user&apos;s bias in the target towards the carried one, as strongly as this many ratings would.</source>
        <translation>把用户在目标领域的偏置拉向带来的偏置，强度相当于这么多个评分。</translation>
    </message>
    <message>
        <source>Pulls an item&apos;s mean towards the mean of all ratings, as strongly as this many average ratings would.</source>
        <translation>把物品的平均分拉向所有评分的平均，强度相当于这么多个平均评分。</translation>
    </message>
    <message>
        <source>Source shrinkage</source>
        <translation>来源收缩</translation>
    </message>
    <message>
        <source>Pulls a user&apos;s bias in a source domain towards 0, as strongly as this many average ratings would.</source>
        <translation>把用户在来源领域的偏置拉向 0，强度相当于这么多个平均评分。</translation>
    </message>
    <message>
        <source>Weight of the sources</source>
        <translation>来源权重</translation>
    </message>
    <message>
        <source>How much an interaction of a source domain counts; one of the target counts 1.</source>
        <translation>来源领域的一条交互算多少；目标领域的一条算 1。</translation>
    </message>
    <message>
        <source>Bias of users</source>
        <translation>用户的偏置</translation>
    </message>
    <message>
        <source>Whether a user&apos;s habit of giving high or low ratings is one for all domains, so that it is known for users who are new in the target, or its own in each.</source>
        <translation>用户打高分或低分的习惯是所有领域共用一个（这样对目标领域的新用户也已知），还是每个领域各有一个。</translation>
    </message>
    <message>
        <source>Collective matrix factorisation</source>
        <translation>联合矩阵分解</translation>
    </message>
    <message>
        <source>Cross-domain</source>
        <translation>跨领域</translation>
    </message>
    <message>
        <source>Factorises the target and the sources together: a user has one vector in all of them, each domain has its own mean and its own items.</source>
        <translation>一起分解目标和来源：用户在所有领域中只有一个向量，每个领域有自己的均值和物品。</translation>
    </message>
    <message>
        <source>Weight of the features</source>
        <translation>特征权重</translation>
    </message>
    <message>
        <source>How much two items that share features are taken for a pair that people have together. Search it on validation, with the regularisation.</source>
        <translation>共享特征的两个物品在多大程度上被当作人们同时拥有的一对。请与正则化一起在验证集上搜索。</translation>
    </message>
    <message>
        <source>Features</source>
        <translation>特征</translation>
    </message>
    <message>
        <source>vectors: the knowledge base&apos;s vector of each item. terms: the weighted words of its text.</source>
        <translation>vectors：知识库中每个物品的向量。terms：其文本的加权词。</translation>
    </message>
    <message>
        <source>Collective EASE</source>
        <translation>联合 EASE</translation>
    </message>
    <message>
        <source>Knowledge</source>
        <translation>知识</translation>
    </message>
    <message>
        <source>EASE that learns from people and from the items&apos; knowledge at once: a shared feature counts like a person who has both items. Items without interactions get weights from what is known of them.</source>
        <translation>同时从人和物品知识中学习的 EASE：共享的特征相当于一个同时拥有两个物品的人。没有交互的物品根据已知的知识获得权重。</translation>
    </message>
    <message>
        <source>Predict</source>
        <translation>预测</translation>
    </message>
    <message>
        <source>order: scores that rank the items. ratings: the bias of user and item plus what the neighbours give above or below theirs; needs ratings in the target.</source>
        <translation>order：用于排序物品的得分。ratings：用户与物品的偏置加上邻居高于或低于其偏置的部分；目标领域需要评分。</translation>
    </message>
    <message>
        <source>EASE</source>
        <translation>EASE</translation>
    </message>
    <message>
        <source>Linear</source>
        <translation>线性</translation>
    </message>
    <message>
        <source>Regularisation</source>
        <translation>正则化</translation>
    </message>
    <message>
        <source>Keeps the weights between items small: larger for few interactions per item or many accidental ones. Good values lie between 50 and 1,000.</source>
        <translation>使物品之间的权重保持较小：物品交互少或偶然交互多时应更大。合适的值在 50 到 1,000 之间。</translation>
    </message>
    <message>
        <source>Mapping</source>
        <translation>映射</translation>
    </message>
    <message>
        <source>Regularisation of the mapping</source>
        <translation>映射的正则化</translation>
    </message>
    <message>
        <source>Pulls the mapping towards the mean user. For the linear map in units of the vectors&apos; variance, for the network the weight decay.</source>
        <translation>把映射拉向平均用户。对线性映射以向量方差为单位，对网络为权重衰减。</translation>
    </message>
    <message>
        <source>Passes of the mapping</source>
        <translation>映射的遍数</translation>
    </message>
    <message>
        <source>How often the network sees the shared users after each epoch of the factorisations.</source>
        <translation>每轮分解之后网络看共享用户的次数。</translation>
    </message>
    <message>
        <source>Learning rate of the mapping</source>
        <translation>映射的学习率</translation>
    </message>
    <message>
        <source>The step of Adam, which trains the network.</source>
        <translation>训练网络所用 Adam 的步长。</translation>
    </message>
    <message>
        <source>Fewest interactions</source>
        <translation>最少交互数</translation>
    </message>
    <message>
        <source>The mapping learns from users with at least so many training interactions in the target and in the sources.</source>
        <translation>映射从在目标和来源中都至少有这么多训练交互的用户学习。</translation>
    </message>
    <message>
        <source>interactions</source>
        <translation>交互</translation>
    </message>
    <message>
        <source>Map everybody</source>
        <translation>映射所有人</translation>
    </message>
    <message>
        <source>Users with training interactions in the target are scored by their mapped vector as well, instead of their own.</source>
        <translation>在目标中有训练交互的用户也用映射得到的向量打分，而不用自己的向量。</translation>
    </message>
    <message>
        <source>Embedding and mapping</source>
        <translation>嵌入与映射</translation>
    </message>
    <message>
        <source>Factors</source>
        <translation>因子数</translation>
    </message>
    <message>
        <source>The length of the vectors that stand for users and items.</source>
        <translation>表示用户和物品的向量的长度。</translation>
    </message>
    <message>
        <source>Epochs</source>
        <translation>轮数</translation>
    </message>
    <message>
        <source>How often the training interactions are gone through at most.</source>
        <translation>训练交互最多遍历多少次。</translation>
    </message>
    <message>
        <source>Optimiser</source>
        <translation>优化器</translation>
    </message>
    <message>
        <source>How a gradient becomes a step: plain stochastic gradient descent (the fastest), or with a rate of its own for every number.</source>
        <translation>梯度如何变成步长：普通随机梯度下降（最快），或每个数各有自己的学习率。</translation>
    </message>
    <message>
        <source>Learning rate</source>
        <translation>学习率</translation>
    </message>
    <message>
        <source>Decay of the learning rate</source>
        <translation>学习率衰减</translation>
    </message>
    <message>
        <source>In epoch n the rate is divided by 1 + decay x (n - 1).</source>
        <translation>第 n 轮的学习率除以 1 + 衰减 ×（n − 1）。</translation>
    </message>
    <message>
        <source>Regularisation of factors</source>
        <translation>因子的正则化</translation>
    </message>
    <message>
        <source>Initial deviation</source>
        <translation>初始标准差</translation>
    </message>
    <message>
        <source>The standard deviation of the random numbers that factors start with.</source>
        <translation>因子初始随机数的标准差。</translation>
    </message>
    <message>
        <source>Loss of implicit feedback</source>
        <translation>隐式反馈的损失</translation>
    </message>
    <message>
        <source>What is made small for domains without ratings, where events count as 1 and sampled items as 0. Ratings always have squared error.</source>
        <translation>对没有评分的领域要减小的量，其中事件记为 1，采样物品记为 0。评分总是用平方误差。</translation>
    </message>
    <message>
        <source>Sampled items per event</source>
        <translation>每个事件的采样物品数</translation>
    </message>
    <message>
        <source>For domains without ratings: how many items that the user did not have are drawn for each event, anew in every epoch.</source>
        <translation>对没有评分的领域：每个事件抽取多少个用户未拥有的物品，每轮重新抽取。</translation>
    </message>
    <message>
        <source>An interaction counts</source>
        <translation>交互的计法</translation>
    </message>
    <message>
        <source>binary: every interaction counts the same. values: ratings count by their height, implicit strengths by their logarithm. liked: only ratings of at least the user&apos;s own mean count.</source>
        <translation>binary：每条交互同等计数。values：评分按高低计，隐式强度按对数计。liked：只计不低于用户自身平均的评分。</translation>
    </message>
    <message>
        <source>Recency</source>
        <translation>近期性</translation>
    </message>
    <message>
        <source>How much an event of the user&apos;s history counts compared with the next later one; 1: the order in time does not matter. About 0.7 where people shop in series.</source>
        <translation>用户历史中一个事件相对于下一个更晚事件的权重；1 表示时间顺序无关。在连续购物的场景约为 0.7。</translation>
    </message>
    <message>
        <source>Item neighbours</source>
        <translation>物品近邻</translation>
    </message>
    <message>
        <source>Neighbourhood</source>
        <translation>近邻</translation>
    </message>
    <message>
        <source>An item is recommended when many of the same people had it and the items of the user&apos;s history, in the target and in the source domains.</source>
        <translation>当许多人既有该物品又有用户历史中的物品时推荐它，目标领域和来源领域都考虑。</translation>
    </message>
    <message>
        <source>Base</source>
        <translation>基础方法</translation>
    </message>
    <message>
        <source>The method without text that is blended with the texts. Take the strongest: a gain over a weak base says nothing.</source>
        <translation>与文本混合的无文本方法。请选最强的：胜过弱基础说明不了什么。</translation>
    </message>
    <message>
        <source>Choose the weight on validation</source>
        <translation>在验证集上选择权重</translation>
    </message>
    <message>
        <source>Tries weights from 0 to 2 and takes the best on the validation part; without one the weight below is used.</source>
        <translation>尝试 0 到 2 的权重，取验证部分上最好的；没有验证部分时使用下面的权重。</translation>
    </message>
    <message>
        <source>Weight of the texts</source>
        <translation>文本权重</translation>
    </message>
    <message>
        <source>How much the similarity of texts counts against the base, both brought to the same spread; used when it is not chosen on validation.</source>
        <translation>文本相似度相对基础方法的权重，两者先调到相同的离散程度；不在验证集上选择时使用。</translation>
    </message>
    <message>
        <source>Recency for the texts</source>
        <translation>文本的近期性</translation>
    </message>
    <message>
        <source>For the texts an interaction counts</source>
        <translation>文本中交互的计法</translation>
    </message>
    <message>
        <source>Knowledge blend</source>
        <translation>知识混合</translation>
    </message>
    <message>
        <source>The strongest method without text plus a little of the similarity of texts. The plainest way to find out whether knowledge helps here.</source>
        <translation>最强的无文本方法加上少量文本相似度。这是检验知识在这里是否有帮助的最直接方法。</translation>
    </message>
    <message>
        <source>Matrix factorisation</source>
        <translation>矩阵分解</translation>
    </message>
    <message>
        <source>Factorisation</source>
        <translation>分解</translation>
    </message>
    <message>
        <source>Every user and every item becomes a short vector learnt from the interactions of one domain; a rating is the mean, both biases and the product of the vectors.</source>
        <translation>每个用户和物品变成从一个领域的交互中学得的短向量；评分是均值、两个偏置与向量乘积之和。</translation>
    </message>
    <message>
        <source>Similarity</source>
        <translation>相似度</translation>
    </message>
    <message>
        <source>cosine: the share of what two have in common. adjusted-cosine and pearson: agreement of ratings above or below the mean. bm25: weighs rare evidence more and keeps part of the popularity; often best on sparse data.</source>
        <translation>cosine：两者共有部分的比例。adjusted-cosine 和 pearson：评分高于或低于平均的一致程度。bm25：更看重罕见的证据并保留部分热门程度；在稀疏数据上往往最好。</translation>
    </message>
    <message>
        <source>Neighbours</source>
        <translation>近邻数</translation>
    </message>
    <message>
        <source>How many of the most similar are asked, in each domain.</source>
        <translation>每个领域中询问多少个最相似者。</translation>
    </message>
    <message>
        <source>Shrinkage</source>
        <translation>收缩</translation>
    </message>
    <message>
        <source>A similarity that rests on this many common interactions counts half; 0: all count in full.</source>
        <translation>基于这么多条共同交互的相似度计一半；0 表示全部足额计入。</translation>
    </message>
    <message>
        <source>BM25 saturation (k1)</source>
        <translation>BM25 饱和度（k1）</translation>
    </message>
    <message>
        <source>How soon a larger value stops counting more.</source>
        <translation>较大的值多快不再计得更多。</translation>
    </message>
    <message>
        <source>BM25 length (b)</source>
        <translation>BM25 长度（b）</translation>
    </message>
    <message>
        <source>How much having many interactions is held against a neighbour: near 0 popular ones stay strong, 1 takes their popularity away.</source>
        <translation>交互多在多大程度上成为近邻的减分项：接近 0 时热门者保持强势，1 完全去除其热门程度。</translation>
    </message>
    <message>
        <source>Popularity</source>
        <translation>热门度</translation>
    </message>
    <message>
        <source>The same list for everybody: the items with the most interactions, or with the best mean rating. Whatever is personal must beat it.</source>
        <translation>对所有人给出相同的列表：交互最多或平均评分最高的物品。个性化的方法必须胜过它。</translation>
    </message>
    <message>
        <source>Measured by</source>
        <translation>衡量方式</translation>
    </message>
    <message>
        <source>count: the number of training interactions. mean: the mean rating, pulled towards the mean of all ratings; it predicts ratings.</source>
        <translation>count：训练交互的数量。mean：平均评分，向所有评分的平均收缩；可预测评分。</translation>
    </message>
    <message>
        <source>Texts compared by</source>
        <translation>文本比较方式</translation>
    </message>
    <message>
        <source>terms: the weighted words of the items&apos; texts. vectors: the vectors of the knowledge base. both: the mean of the two, or the one that the base has.</source>
        <translation>terms：物品文本的加权词。vectors：知识库的向量。both：两者的平均，或知识库已有的那个。</translation>
    </message>
    <message>
        <source>Sharpness</source>
        <translation>锐度</translation>
    </message>
    <message>
        <source>The power to which a similarity is raised: the higher, the more only the closest texts count. Good values lie between 2 and 8.</source>
        <translation>相似度的幂次：越高越只看最接近的文本。合适的值在 2 到 8 之间。</translation>
    </message>
    <message>
        <source>Text neighbours</source>
        <translation>文本近邻</translation>
    </message>
    <message>
        <source>Recommends items whose texts are close to those of the user&apos;s history in any domain. Needs nobody else&apos;s interactions, so it serves items that are new.</source>
        <translation>推荐文本与用户在任何领域的历史相近的物品。不需要他人的交互，因此适用于新物品。</translation>
    </message>
    <message>
        <source>User neighbours</source>
        <translation>用户近邻</translation>
    </message>
    <message>
        <source>An item is recommended when people of similar taste had it. Taste is compared over all domains of the run, so people who are new to the target are served from the sources.</source>
        <translation>当口味相似的人拥有某物品时推荐它。口味在运行的所有领域上比较，因此目标领域的新用户可由来源领域服务。</translation>
    </message>
    <message>
        <source>Whitening</source>
        <translation>白化</translation>
    </message>
    <message>
        <source>Small: what all texts have in common counts nothing. Very large: plain similarity of vectors.</source>
        <translation>小：所有文本共有的部分不计。非常大：普通的向量相似度。</translation>
    </message>
    <message>
        <source>Whitened text profile</source>
        <translation>白化文本画像</translation>
    </message>
    <message>
        <source>The vectors of the user&apos;s history are added up and compared with each item&apos;s vector, after directions that all texts share were made small. For sentence vectors.</source>
        <translation>先减弱所有文本共有的方向，再把用户历史的向量相加，与每个物品的向量比较。适用于句向量。</translation>
    </message>
    <message>
        <source>Pulls the factors towards 0 with every rating.</source>
        <translation>每个评分都把因子拉向 0。</translation>
    </message>
    <message>
        <source>Learning rate of implicit feedback</source>
        <translation>隐式反馈的学习率</translation>
    </message>
    <message>
        <source>The length of a step in domains without ratings.</source>
        <translation>没有评分的领域中的步长。</translation>
    </message>
    <message>
        <source>Regularisation of implicit feedback</source>
        <translation>隐式反馈的正则化</translation>
    </message>
    <message>
        <source>Pulls the factors towards 0 with every event of a domain without ratings.</source>
        <translation>没有评分的领域中每个事件都把因子拉向 0。</translation>
    </message>
    <message>
        <source>Fusion</source>
        <translation>融合</translation>
    </message>
    <message>
        <source>How knowledge enters: taken off the prediction (seed), added to it, as further factors of the item, mixed with its factors by a learnt gate, or as one of three weighted parts.</source>
        <translation>知识如何进入：从预测中减去（seed）、加到预测上、作为物品的更多因子、由学得的门与其因子混合，或作为三个加权部分之一。</translation>
    </message>
    <message>
        <source>Pooling of facets</source>
        <translation>方面的汇聚</translation>
    </message>
    <message>
        <source>What the facets of an item add up to for a user: their values weighted by attention, or only the largest attention itself.</source>
        <translation>物品的各方面对用户汇总为什么：按注意力加权的值，或仅取最大的注意力本身。</translation>
    </message>
    <message>
        <source>Strength of knowledge (alpha)</source>
        <translation>知识强度（alpha）</translation>
    </message>
    <message>
        <source>What the knowledge part is multiplied by.</source>
        <translation>知识部分所乘的系数。</translation>
    </message>
    <message>
        <source>Weight of the user part</source>
        <translation>用户部分的权重</translation>
    </message>
    <message>
        <source>What the user&apos;s bias is multiplied by; knowledge gets what the two weights leave of 1.</source>
        <translation>用户偏置所乘的系数；知识得到 1 减去两个权重后的剩余部分。</translation>
    </message>
    <message>
        <source>Weight of the item part</source>
        <translation>物品部分的权重</translation>
    </message>
    <message>
        <source>What the item&apos;s bias and its product with the user are multiplied by.</source>
        <translation>物品偏置及其与用户乘积所乘的系数。</translation>
    </message>
    <message>
        <source>Regularisation of knowledge (beta)</source>
        <translation>知识的正则化（beta）</translation>
    </message>
    <message>
        <source>Pulls the projected knowledge of every item towards 0.</source>
        <translation>把每个物品投影后的知识拉向 0。</translation>
    </message>
    <message>
        <source>Learning rate of knowledge</source>
        <translation>知识的学习率</translation>
    </message>
    <message>
        <source>The step of Adam, which trains the projections of the knowledge vectors.</source>
        <translation>训练知识向量投影所用 Adam 的步长。</translation>
    </message>
    <message>
        <source>Use source domains</source>
        <translation>使用来源领域</translation>
    </message>
    <message>
        <source>Source domains are factorised with the target; they share its users and the projection of knowledge.</source>
        <translation>来源领域与目标一起分解；它们共享用户和知识的投影。</translation>
    </message>
    <message>
        <source>Knowledge-fused matrix factorisation</source>
        <translation>知识融合矩阵分解</translation>
    </message>
    <message>
        <source>Matrix factorisation whose items also have what the knowledge base says about them: its vectors are projected to factors, and each user attends to the facets that matter to them.</source>
        <translation>物品还带有知识库所述内容的矩阵分解：其向量投影为因子，每个用户关注对自己重要的方面。</translation>
    </message>
    <message>
        <source>Interactions per user</source>
        <translation>每个用户的交互数</translation>
    </message>
    <message>
        <source>Users with fewer in the target are left out.</source>
        <translation>在目标中少于此数的用户会被忽略。</translation>
    </message>
    <message>
        <source>Interactions per item</source>
        <translation>每个物品的交互数</translation>
    </message>
    <message>
        <source>Items with fewer are left out; both are repeated until they hold.</source>
        <translation>少于此数的物品会被忽略；两者反复进行直到都满足。</translation>
    </message>
    <message>
        <source>Lowest value kept</source>
        <translation>保留的最低值</translation>
    </message>
    <message>
        <source>Target interactions below it are left out; empty keeps all.</source>
        <translation>目标中低于此值的交互会被忽略；留空则全部保留。</translation>
    </message>
    <message>
        <source>Relevant from</source>
        <translation>相关阈值</translation>
    </message>
    <message>
        <source>Test ratings from this value on count as relevant; empty: all do.</source>
        <translation>测试评分达到此值即算相关；留空则全部算。</translation>
    </message>
    <message>
        <source>Stop by</source>
        <translation>停止依据</translation>
    </message>
    <message>
        <source>Validation measure that ends training early; empty: the fitting one.</source>
        <translation>提前结束训练所用的验证指标；留空则取合适的指标。</translation>
    </message>
    <message>
        <source>Patience</source>
        <translation>耐心</translation>
    </message>
    <message>
        <source>Seed</source>
        <translation>种子</translation>
    </message>
    <message>
        <source>Same spec, data and seed: the same numbers to the last bit.</source>
        <translation>相同的规格、数据和种子：数值逐位相同。</translation>
    </message>
    <message>
        <source>Share for validation</source>
        <translation>验证比例</translation>
    </message>
    <message>
        <source>For stopping and choosing; never for the result.</source>
        <translation>用于停止和选择；绝不用于结果。</translation>
    </message>
    <message>
        <source>Share for the test</source>
        <translation>测试比例</translation>
    </message>
    <message>
        <source>Scored once, when the run has finished.</source>
        <translation>只在运行完成时评分一次。</translation>
    </message>
    <message>
        <source>Share that is new</source>
        <translation>新对象比例</translation>
    </message>
    <message>
        <source>These lose all target interactions and form the test set.</source>
        <translation>它们失去目标中的全部交互，组成测试集。</translation>
    </message>
    <message>
        <source>Seed of the split</source>
        <translation>划分的种子</translation>
    </message>
    <message>
        <source>The same seed splits the same data alike.</source>
        <translation>相同的种子对相同的数据划分一致。</translation>
    </message>
    <message>
        <source>Folds</source>
        <translation>折数</translation>
    </message>
    <message>
        <source>Into how many parts the interactions are dealt.</source>
        <translation>交互被分成多少份。</translation>
    </message>
    <message>
        <source>Fold tested</source>
        <translation>测试折</translation>
    </message>
    <message>
        <source>Counted from 0; the others train.</source>
        <translation>从 0 数起；其余用于训练。</translation>
    </message>
    <message>
        <source>Dealt</source>
        <translation>分配方式</translation>
    </message>
    <message>
        <source>In a shuffled order, or in the order of the file.</source>
        <translation>按打乱的顺序，或按文件中的顺序。</translation>
    </message>
    <message>
        <source>The length of a step in domains with ratings. Too high a rate diverges, too low a one crawls. For adagrad 0.02 is a good one, for adam 0.001.</source>
        <translation>在有评分的领域中每一步的大小。过高会发散，过低则缓慢。adagrad 宜用 0.02，adam 宜用 0.001。</translation>
    </message>
    <message>
        <source>Regularisation of user biases</source>
        <translation>用户偏置的正则化</translation>
    </message>
    <message>
        <source>Pulls a user&apos;s bias towards 0, as strongly as this many average interactions would.</source>
        <translation>把用户偏置拉向 0，力度相当于这么多条平均的交互。</translation>
    </message>
    <message>
        <source>Regularisation of item biases</source>
        <translation>物品偏置的正则化</translation>
    </message>
    <message>
        <source>Pulls an item&apos;s bias towards 0, as strongly as this many average interactions would.</source>
        <translation>把物品偏置拉向 0，力度相当于这么多条平均的交互。</translation>
    </message>
    <message>
        <source>Epochs in a row worse than the best before training ends; 0: never ends early.</source>
        <translation>连续多少轮差于最好的一轮后结束训练；0：从不提前结束。</translation>
    </message>
    <message>
        <source>Samples</source>
        <translation>样本数</translation>
    </message>
    <message>
        <source>How many samples are drawn after the burn-in.</source>
        <translation>预热之后抽取多少个样本。</translation>
    </message>
    <message>
        <source>Burn-in</source>
        <translation>预热</translation>
    </message>
    <message>
        <source>How many samples are drawn and thrown away first, until the chain has left its random start.</source>
        <translation>最初抽取并丢弃多少个样本，直到链离开其随机起点。</translation>
    </message>
    <message>
        <source>samples</source>
        <translation>个样本</translation>
    </message>
    <message>
        <source>Samples kept</source>
        <translation>保留的样本</translation>
    </message>
    <message>
        <source>How many of the samples, evenly spread, the model is made of: predictions are means over them. They never take more than 256 MB; with large data fewer are kept.</source>
        <translation>模型由其中均匀分布的多少个样本组成：预测是它们的平均值。它们占用的内存不超过 256 MB；数据很大时保留得更少。</translation>
    </message>
    <message>
        <source>Scatter of the prior</source>
        <translation>先验的离散程度</translation>
    </message>
    <message>
        <source>How wide vectors are thought to scatter before any is known; hardly matters when there are many users and items.</source>
        <translation>在一无所知时假定向量分散得多开；用户和物品很多时几乎没有影响。</translation>
    </message>
    <message>
        <source>Noise</source>
        <translation>噪声</translation>
    </message>
    <message>
        <source>Whether every user has a noise of their own, so that people who rate steadily count for more, or all ratings are equally precise.</source>
        <translation>每个用户是否有自己的噪声（评分稳定的人因此更有分量），还是所有评分同样精确。</translation>
    </message>
    <message>
        <source>Implicit feedback</source>
        <translation>隐式反馈</translation>
    </message>
    <message>
        <source>Learns from what users rated at all, whatever the rating, as SVD++ does.</source>
        <translation>如 SVD++ 那样，也从用户评过哪些物品中学习，而不论评分高低。</translation>
    </message>
    <message>
        <source>Bayesian matrix factorisation</source>
        <translation>贝叶斯矩阵分解</translation>
    </message>
    <message>
        <source>Draws many factorisations that explain the ratings, each as often as it is probable, and predicts their mean: hardly anything to tune, and it knows how unsure every prediction is.</source>
        <translation>按概率抽取许多能解释评分的分解，并以它们的平均值作预测：几乎不需要调参，并且知道每个预测有多不确定。</translation>
    </message>
    <message>
        <source>The length of a step. Too high a rate diverges, too low a one crawls.</source>
        <translation>每一步的长度。过高会发散，过低则收敛缓慢。</translation>
    </message>
    <message>
        <source>Pulls the vectors and biases of the user and of both items towards 0 with every step.</source>
        <translation>每一步都把用户和两个物品的向量与偏置拉向 0。</translation>
    </message>
    <message>
        <source>binary: every interaction says that the user likes the item. liked: only ratings of at least the user&apos;s own mean do; items rated lower count as not had.</source>
        <translation>binary：每次交互都表示用户喜欢该物品。liked：只有不低于该用户自己平均分的评分才算喜欢；评分更低的物品视为没有交互过。</translation>
    </message>
    <message>
        <source>Items to compare with</source>
        <translation>用于比较的物品</translation>
    </message>
    <message>
        <source>How the items that the user does not have are drawn, one for each interaction in every epoch. uniform: all alike. popularity: popular items more often, which sharpens the top of the lists.</source>
        <translation>如何抽取用户没有的物品（每轮中每次交互抽一个）。uniform：一视同仁。popularity：热门物品抽得更多，使列表前部更精确。</translation>
    </message>
    <message>
        <source>Exponent of popularity</source>
        <translation>热门度的指数</translation>
    </message>
    <message>
        <source>An item is drawn in proportion to this power of the number of its users.</source>
        <translation>物品被抽中的概率与其用户数的这个次幂成正比。</translation>
    </message>
    <message>
        <source>Biases of items</source>
        <translation>物品偏置</translation>
    </message>
    <message>
        <source>Whether an item can be liked more than others by everybody.</source>
        <translation>物品是否可以普遍地比其他物品更受喜欢。</translation>
    </message>
    <message>
        <source>Bayesian personalised ranking</source>
        <translation>贝叶斯个性化排序</translation>
    </message>
    <message>
        <source>Every user and every item becomes a short vector, learnt so that what a user has is ranked above what the user has not. Users have one vector for the target and the sources.</source>
        <translation>每个用户和物品成为一个短向量，学习目标是让用户已有的排在没有的之前。用户在目标领域和来源领域中共用一个向量。</translation>
    </message>
    <message>
        <source>Weight of what did not happen</source>
        <translation>未发生行为的权重</translation>
    </message>
    <message>
        <source>How strongly a score of any pair of user and item is pulled towards 0, when 1 is the pull of an interaction towards 1.</source>
        <translation>任一用户与物品配对的得分被拉向 0 的强度；一次交互把得分拉向 1 的强度为 1。</translation>
    </message>
    <message>
        <source>Pulls the factors towards 0. It is multiplied by (interactions + weight of what did not happen x rows of the other side) to the power of the exponent.</source>
        <translation>把因子拉向 0。它要乘以（交互数 + 未发生行为的权重 × 另一侧的行数）的指数次幂。</translation>
    </message>
    <message>
        <source>Exponent of the regularisation</source>
        <translation>正则化的指数</translation>
    </message>
    <message>
        <source>1: every user and item is regularised like the errors it has part in. 0: all of them alike.</source>
        <translation>1：每个用户和物品按其参与的误差的多少来正则化。0：全部一视同仁。</translation>
    </message>
    <message>
        <source>Solver</source>
        <translation>求解器</translation>
    </message>
    <message>
        <source>exact: every vector is the solution of its equations, by Cholesky. blocks: a few factors are solved for at a time (iALS++). conjugate-gradient: a few steps towards the solution. The latter two pay off with many factors.</source>
        <translation>exact：每个向量都是其方程的解（Cholesky 分解）。blocks：每次求解几个因子（iALS++）。conjugate-gradient：朝解走几步。后两者在因子较多时更划算。</translation>
    </message>
    <message>
        <source>Block size</source>
        <translation>块大小</translation>
    </message>
    <message>
        <source>How many factors are solved for at a time; raised to a multiple of 16.</source>
        <translation>每次求解多少个因子；向上取为 16 的倍数。</translation>
    </message>
    <message>
        <source>Steps</source>
        <translation>步数</translation>
    </message>
    <message>
        <source>How many steps an epoch goes towards each solution.</source>
        <translation>每一轮朝每个解走多少步。</translation>
    </message>
    <message>
        <source>The standard deviation of the random numbers that factors start with, times the root of their number.</source>
        <translation>因子初始随机数的标准差乘以因子个数的平方根。</translation>
    </message>
    <message>
        <source>Implicit alternating least squares</source>
        <translation>隐式交替最小二乘</translation>
    </message>
    <message>
        <source>Every user and every item becomes a short vector, so that products are near 1 where something happened and near 0 elsewhere, with all pairs counted. Items of source domains shape the users&apos; vectors as well. The fastest of the strong methods for rankings.</source>
        <translation>每个用户和每个物品都成为一个短向量，使内积在发生过行为处接近 1、在其余处接近 0，并计入所有配对。源领域的物品同样塑造用户向量。是效果强的排序方法中最快的一种。</translation>
    </message>
    <message>
        <source>Layers</source>
        <translation>层数</translation>
    </message>
    <message>
        <source>How far a vector spreads from a user to items, to their users, and so on; 0: not at all, as plain matrix factorisation.</source>
        <translation>向量从用户传到物品、再传到这些物品的用户……传播多远；0：不传播，即普通矩阵分解。</translation>
    </message>
    <message>
        <source>Batch</source>
        <translation>批量</translation>
    </message>
    <message>
        <source>How many interactions make a step. The whole graph is gone through for every step: larger batches are faster, smaller ones learn more from an epoch.</source>
        <translation>每一步包含多少次交互。每一步都要遍历整个图：批量越大越快，越小则每轮学到的越多。</translation>
    </message>
    <message>
        <source>LightGCN</source>
        <translation>LightGCN</translation>
    </message>
    <message>
        <source>Vectors of users and items are smoothed over the graph of who has what, so that users with like neighbours come to lie together; learnt by ranking what a user has above what the user has not. The graph spans the target and the sources.</source>
        <translation>用户和物品的向量沿“谁拥有什么”的图进行平滑，使邻居相似的用户彼此靠近；学习目标是把用户已有的排在没有的之前。该图横跨目标领域和来源领域。</translation>
    </message>
    <message>
        <source>Time</source>
        <translation>时间</translation>
    </message>
    <message>
        <source>Learns how items are rated in each period of time; needs ratings with times. A prediction takes the periods as the user&apos;s own ratings are spread over them.</source>
        <translation>学习物品在每个时段中得到怎样的评分；需要带时间的评分。预测时，各时段按用户自己的评分在其中的分布计入。</translation>
    </message>
    <message>
        <source>Periods</source>
        <translation>时段数</translation>
    </message>
    <message>
        <source>How many periods the time is cut into, with about equally many ratings each.</source>
        <translation>把时间切成多少个时段，每个时段的评分数大致相等。</translation>
    </message>
    <message>
        <source>Directions of knowledge</source>
        <translation>知识的方向数</translation>
    </message>
    <message>
        <source>How many of the directions in which the items&apos; vectors scatter most are learnt from.</source>
        <translation>从物品向量离散程度最大的方向中取多少个来学习。</translation>
    </message>
    <message>
        <source>Knowledge of users</source>
        <translation>用户的知识</translation>
    </message>
    <message>
        <source>Learns from what each user&apos;s history in the source domains is about as well (without sources, in the target): so it says something of users who are new to the target.</source>
        <translation>同时学习每个用户在来源领域的历史与什么有关（没有来源领域时取目标领域）：因此对目标领域的新用户也能有所判断。</translation>
    </message>
    <message>
        <source>Bayesian matrix factorisation with knowledge</source>
        <translation>结合知识的贝叶斯矩阵分解</translation>
    </message>
    <message>
        <source>Bayesian matrix factorisation that expects of an item what its knowledge says and of a user what the history is about, as far as the ratings bear it out. Items and users without ratings get predictions too, with a deviation that says how far to trust them.</source>
        <translation>一种贝叶斯矩阵分解：在评分能够印证的范围内，按物品的知识预期物品，按历史的内容预期用户。没有评分的物品和用户也能得到预测，并附有标准差，说明预测在多大程度上可信。</translation>
    </message>
    <message>
        <source>The mean rating, how much more or less this user gives than others, and how much more or less this item gets; or one of the two, or the mean alone. It knows no taste: what others must beat.</source>
        <translation>评分的平均，加上该用户的评分比他人高或低多少，以及该物品得到的评分高或低多少；也可以只用两者之一，或只用平均。它不了解口味：其他方法都必须胜过它。</translation>
    </message>
    <message>
        <source>Biases</source>
        <translation>偏置</translation>
    </message>
    <message>
        <source>Product of user and item neighbours</source>
        <translation>用户近邻与物品近邻之积</translation>
    </message>
    <message>
        <source>An item is recommended when people of similar taste had items similar to it: every interaction of a neighbour counts by the similarity of the two people times that of the two items. It finds candidates that neither the user&apos;s neighbours nor the user&apos;s own items reach alone, which helps where histories are short. Taste is compared, and items are similar, over all domains of the run.</source>
        <translation>当口味相似的人拥有与某物品相似的物品时推荐它：近邻的每条交互按两人的相似度乘以两个物品的相似度计入。它能找到仅凭用户的近邻或仅凭用户自己的物品都找不到的候选物品，在历史较短时有帮助。口味的比较和物品的相似度都在运行的所有领域上计算。</translation>
    </message>
    <message>
        <source>Content profile</source>
        <translation>内容画像</translation>
    </message>
    <message>
        <source>The mean of the vectors of all that the user had, in every domain, weighted by the ratings; recommended is what points the same way. The classic of recommending by content: it needs nobody else&apos;s interactions and serves new items.</source>
        <translation>用户在各个领域拥有过的全部物品的向量按评分加权平均；推荐与之方向一致的物品。这是按内容推荐的经典方法：不需要他人的交互，也适用于新物品。</translation>
    </message>
    <message>
        <source>exact: one system of all items, or of all users where they are fewer, of at most 20,000. neighbourhood: an approximation, one small system an item; the run tells how far it is off. auto: exact where it can be.</source>
        <translation>exact：由全部物品（用户较少时由全部用户）构成一个方程组，最多 20,000 个。neighbourhood：近似求解，每个物品一个小方程组；运行会说明偏差有多大。auto：能精确求解时用 exact。</translation>
    </message>
    <message>
        <source>How many items may speak for each one when it is solved by neighbourhoods: those that explain best who has it. More are closer to the exact weights and take longer, eight times for twice as many.</source>
        <translation>按邻域求解时，每个物品最多由多少个物品为其提供依据：取最能解释谁拥有它的那些。数量越多越接近精确权重，耗时也越长：数量加倍，耗时为八倍。</translation>
    </message>
    <message>
        <source>Weights between all pairs of items, learnt in one step: how strongly having one item speaks for another. Items of source domains speak for the target&apos;s as well. Among the strongest methods for rankings. Above 20,000 items and as many users each item is explained by its strongest neighbours alone, and the run tells how far that is from the exact weights.</source>
        <translation>一步学得所有物品对之间的权重：拥有一个物品在多大程度上支持另一个。来源领域的物品同样支持目标领域的物品。是效果最强的排序方法之一。物品和用户都超过 20,000 个时，每个物品只由其最强的近邻解释，运行会说明这与精确权重相差多远。</translation>
    </message>
    <message>
        <source>Members</source>
        <translation>成员</translation>
    </message>
    <message>
        <source>The methods that are combined, each with its own parameters. Members that err differently help most.</source>
        <translation>要组合的方法，各有自己的参数。成员的误差彼此不同时帮助最大。</translation>
    </message>
    <message>
        <source>Combination</source>
        <translation>组合方式</translation>
    </message>
    <message>
        <source>mean: the weighted mean of the members&apos; scores, brought to the same spread unless all are ratings. vote: every member gives points to the items it ranks first. stacking: weights fitted on what the members say of the validation part.</source>
        <translation>mean：成员得分的加权平均；除非全部是评分，否则先调到相同的离散程度。vote：每个成员给自己排在最前的物品计分。stacking：用成员对验证部分的预测拟合权重。</translation>
    </message>
    <message>
        <source>Choose the weights on validation</source>
        <translation>在验证集上选择权重</translation>
    </message>
    <message>
        <source>Begins with the members&apos; weights and keeps every change that the validation part likes; without one the weights stay as they are.</source>
        <translation>从成员的权重开始，保留每一个使验证部分变好的改动；没有验证部分时权重保持不变。</translation>
    </message>
    <message>
        <source>Items voted for</source>
        <translation>计分的物品数</translation>
    </message>
    <message>
        <source>How many items get points from a member: the first one this many, each further one less.</source>
        <translation>每个成员给多少个物品计分：第一个得到的分数等于这个数，其后每个少一分。</translation>
    </message>
    <message>
        <source>Pull towards equal weights</source>
        <translation>向相等权重的拉力</translation>
    </message>
    <message>
        <source>The larger, the more validation data it takes to give the members different weights.</source>
        <translation>越大，就需要越多的验证数据才会给成员不同的权重。</translation>
    </message>
    <message>
        <source>Ensemble</source>
        <translation>集成</translation>
    </message>
    <message>
        <source>Combined</source>
        <translation>组合</translation>
    </message>
    <message>
        <source>Several methods that recommend together. Each is trained as it would be alone; how much it counts is chosen on the validation part. Usually better than its best member, and slower than all of them together.</source>
        <translation>多个方法共同推荐。每个方法的训练与单独使用时相同；各占多少权重在验证部分上选择。通常优于其中最好的成员，但比所有成员合起来更慢。</translation>
    </message>
    <message>
        <source>Fields of items</source>
        <translation>物品的字段</translation>
    </message>
    <message>
        <source>What describes an item when the run has a knowledge base: the words of its text, its facets, the numbers of its vector, or nothing.</source>
        <translation>运行有知识库时用什么描述物品：其文本中的词、其方面、其向量中的数，或什么都不用。</translation>
    </message>
    <message>
        <source>Source domains</source>
        <translation>来源领域</translation>
    </message>
    <message>
        <source>history: what users did in a source, and how high they rate there, describes them. shared: the ratings of sources are learnt as well, of items marked by their domain.</source>
        <translation>history：用户在来源领域的行为及其评分的高低用来描述用户。shared：来源领域的评分也一并学习，其物品以所属领域标记。</translation>
    </message>
    <message>
        <source>Factorisation machine</source>
        <translation>因子分解机</translation>
    </message>
    <message>
        <source>Learns how any two features of a rating act together: who rates, what, the item&apos;s fields, what else the user rated and what the user did in source domains. Sampled as Bayesian matrix factorisation is, so it needs hardly any tuning and says how unsure it is.</source>
        <translation>学习一个评分的任意两个特征如何共同起作用：谁在评分、评什么、物品的字段、用户还评过什么，以及用户在来源领域的行为。与贝叶斯矩阵分解一样采样，因此几乎不需要调参，并能说明其不确定程度。</translation>
    </message>
    <message>
        <source>Content</source>
        <translation>内容方法</translation>
    </message>
    <message>
        <source>The method that goes by the items&apos; knowledge alone.</source>
        <translation>只依据物品知识的方法。</translation>
    </message>
    <message>
        <source>Collaborative</source>
        <translation>协同方法</translation>
    </message>
    <message>
        <source>The method that goes by who had what. Take the strongest: a gain over a weak one says nothing.</source>
        <translation>依据用户行为的协同方法。请选用最强的一种：胜过弱方法说明不了问题。</translation>
    </message>
    <message>
        <source>Tries weights from 1 to 0 and takes the best on the validation part; without one the weight below is used.</source>
        <translation>尝试 1 到 0 的权重，取验证部分上最好的；没有验证部分时使用下面的权重。</translation>
    </message>
    <message>
        <source>Weight of the collaborative method</source>
        <translation>协同方法的权重</translation>
    </message>
    <message>
        <source>Its share in the score, both methods brought to the same spread; used when it is not chosen on validation.</source>
        <translation>它在得分中所占的份额，两种方法先调到相同的离散程度；不在验证集上选择时使用。</translation>
    </message>
    <message>
        <source>Hybrid</source>
        <translation>混合</translation>
    </message>
    <message>
        <source>A collaborative method and one that goes by what the items are about, in the proportion that the validation part likes best. The second one serves items and users that the first knows little of.</source>
        <translation>一个协同方法与一个依据物品内容的方法，按验证部分上最好的比例混合。后者适用于前者了解甚少的物品和用户。</translation>
    </message>
    <message>
        <source>Imported results</source>
        <translation>导入的结果</translation>
    </message>
    <message>
        <source>Other programs</source>
        <translation>其他程序</translation>
    </message>
    <message>
        <source>What another program predicted or recommended, measured here like everything else. It was read from files and cannot be trained.</source>
        <translation>另一个程序的预测或推荐，在此与其他一切一样用指标衡量。它读自文件，不能训练。</translation>
    </message>
    <message>
        <source>Program</source>
        <translation>程序</translation>
    </message>
    <message>
        <source>What computed the results.</source>
        <translation>计算出这些结果的程序。</translation>
    </message>
    <message>
        <source>Files</source>
        <translation>文件</translation>
    </message>
    <message>
        <source>The names of the files that they were read from.</source>
        <translation>结果所读自的文件的名称。</translation>
    </message>
    <message>
        <source>Hash</source>
        <translation>哈希值</translation>
    </message>
    <message>
        <source>SHA-256 of the text of each file.</source>
        <translation>每个文件文本的 SHA-256。</translation>
    </message>
    <message>
        <source>Missing predictions</source>
        <translation>缺失的预测</translation>
    </message>
    <message>
        <source>refuse: every test pair has a prediction of its own. mean: those that had none got the mean of the training ratings.</source>
        <translation>refuse：每个测试对都有自己的预测。mean：没有预测的测试对取训练评分的平均。</translation>
    </message>
    <message>
        <source>Pull to the semantic map</source>
        <translation>向语义映射的拉力</translation>
    </message>
    <message>
        <source>How strongly the weights are held near those that the items&apos; knowledge suggests, beside the regularisation, which holds them near nothing. Search both on validation.</source>
        <translation>把权重保持在物品知识所提示的权重附近的强度；与之并行的正则化则把权重保持在零附近。请在验证集上同时搜索两者。</translation>
    </message>
    <message>
        <source>Regularisation of the semantic map</source>
        <translation>语义映射的正则化</translation>
    </message>
    <message>
        <source>Larger: the map between the items&apos; vectors comes near their plain similarity, and small. Smaller: what many items have in common counts less in it.</source>
        <translation>较大：物品向量之间的映射接近其普通相似度，且数值较小。较小：许多物品共有的部分在其中所占的分量较小。</translation>
    </message>
    <message>
        <source>Knowledge-regularised EASE</source>
        <translation>知识正则化的 EASE</translation>
    </message>
    <message>
        <source>EASE whose weights are not held near nothing alone but near a map of meanings: how well each item&apos;s knowledge vector is explained by the others&apos;, learnt first and in the same way. Where people tell much about two items their weight follows the people; where they tell little, as for rare and new items, it follows the knowledge. Items of source domains take part on both sides.</source>
        <translation>一种 EASE，其权重不只保持在零附近，还保持在一个语义映射附近：每个物品的知识向量能由其他物品的知识向量解释到什么程度，该映射先以同样的方式学得。人们对两个物品提供的信息多时，权重跟随人；信息少时（如冷门物品和新物品），权重跟随知识。来源领域的物品在两方面都参与。</translation>
    </message>
    <message>
        <source>Weight</source>
        <translation>权重</translation>
    </message>
    <message>
        <source>How much the member counts; 0: not at all.</source>
        <translation>该成员算多少；0：完全不算。</translation>
    </message>
    <message>
        <source>days</source>
        <translation>天</translation>
    </message>
    <message>
        <source>Time that counts</source>
        <translation>计入的时间</translation>
    </message>
    <message>
        <source>Only interactions so many days before the latest one of the training part count; 0: all.</source>
        <translation>只计入训练部分最晚一条交互之前这么多天内的交互；0 表示全部。</translation>
    </message>
    <message>
        <source>Half-life</source>
        <translation>半衰期</translation>
    </message>
    <message>
        <source>After so many days an interaction counts half; 0: the time does not matter.</source>
        <translation>过了这么多天，一条交互计一半；0 表示时间无影响。</translation>
    </message>
    <message>
        <source>From domain</source>
        <translation>来源领域</translation>
    </message>
    <message>
        <source>Whose items speak for the target&apos;s; empty: every source.</source>
        <translation>由哪个领域的物品为目标领域的物品提供依据；留空表示所有来源。</translation>
    </message>
    <message>
        <source>Facet</source>
        <translation>方面</translation>
    </message>
    <message>
        <source>As in the knowledge base, such as genre. Alone: both items have a value of it in common. Empty: any.</source>
        <translation>与知识库中的写法相同，例如 genre。单独使用时：两个物品在此方面有共同的值。留空表示任意。</translation>
    </message>
    <message>
        <source>If it is</source>
        <translation>如果是</translation>
    </message>
    <message>
        <source>What the facet of the user&apos;s item says; empty: anything.</source>
        <translation>用户的物品在此方面的值；留空表示任意。</translation>
    </message>
    <message>
        <source>Then for</source>
        <translation>则推荐</translation>
    </message>
    <message>
        <source>What the facet of the candidate says; empty: anything.</source>
        <translation>候选物品在此方面的值；留空表示任意。</translation>
    </message>
    <message>
        <source>How much the rule counts; below 0 it speaks against.</source>
        <translation>规则的权重；小于 0 表示反对。</translation>
    </message>
    <message>
        <source>Similarity above</source>
        <translation>相似度高于</translation>
    </message>
    <message>
        <source>Items whose cosine is not above it are not joined.</source>
        <translation>余弦不高于此值的物品不会相连。</translation>
    </message>
    <message>
        <source>Rules</source>
        <translation>规则</translation>
    </message>
    <message>
        <source>Which items of the user&apos;s history speak for which candidates. Without a rule every source domain speaks for the target.</source>
        <translation>用户历史中的哪些物品支持哪些候选物品。没有规则时，每个来源领域都支持目标领域。</translation>
    </message>
    <message>
        <source>What a person who knows the domains would say: whoever liked this there will like that here, as far as the two are alike. The rules are a table that can be edited; every recommendation names the items that it comes from.</source>
        <translation>了解这些领域的人会这样说：喜欢那边这个的人，也会喜欢这边那个，只要两者相似。规则是一张可以编辑的表；每条推荐都会列出它所依据的物品。</translation>
    </message>
    <message>
        <source>Sparsity (l1)</source>
        <translation>稀疏性（l1）</translation>
    </message>
    <message>
        <source>What two items must have in common, in people, before one gets a weight for the other: larger leaves fewer weights.</source>
        <translation>两个物品须有多少共同的人，其中一个才能获得对另一个的权重：越大，留下的权重越少。</translation>
    </message>
    <message>
        <source>Regularisation (l2)</source>
        <translation>正则化（l2）</translation>
    </message>
    <message>
        <source>Keeps the weights small and spreads them over items that say the same; the same as the regularisation of EASE.</source>
        <translation>使权重保持较小，并分散到含义相同的物品上；与 EASE 的正则化相同。</translation>
    </message>
    <message>
        <source>No negative weights</source>
        <translation>不允许负权重</translation>
    </message>
    <message>
        <source>Items speak for each other only, never against: easier to explain, sparser and faster.</source>
        <translation>物品之间只支持，不反对：更易解释、更稀疏、更快。</translation>
    </message>
    <message>
        <source>How many items may speak for each one: those that explain best who has it. 0: all that share people with it, or 500 where more than 200 million pairs of items do.</source>
        <translation>每个物品最多可由多少个物品支持：取最能解释谁拥有它的那些。0 表示所有与它有共同的人的物品；若这样的物品对超过 2 亿，则为 500 个。</translation>
    </message>
    <message>
        <source>SLIM</source>
        <translation>SLIM</translation>
    </message>
    <message>
        <source>Sparse weights between items: each item is explained by the few others that tell best who has it, and all others get no weight at all, so that a recommendation can be traced to a handful of reasons. Ranks nearly as well as EASE with a small part of its weights. Items of source domains may speak for the target&apos;s.</source>
        <translation>物品之间的稀疏权重：每个物品由最能说明谁拥有它的少数其他物品来解释，其余物品完全没有权重，因此一条推荐可以追溯到寥寥几个理由。只用 EASE 一小部分的权重，排序效果就几乎与之相当。来源领域的物品可以支持目标领域的物品。</translation>
    </message>
    <message>
        <source>Leave twins out</source>
        <translation>排除孪生物品</translation>
    </message>
    <message>
        <source>Sources do not train on what is held out of the target under another id with the very same person.</source>
        <translation>来源领域不使用这样的交互训练：它与目标领域中留出的交互属于同一人，只是物品编号不同。</translation>
    </message>
    <message>
        <source>People grouped by</source>
        <translation>用户分组依据</translation>
    </message>
    <message>
        <source>How active they are (light, medium, heavy: thirds of the people), the first source in which they act, or a field of theirs.</source>
        <translation>活跃程度（轻度、中度、重度：各占三分之一的人）、其最先有交互的来源领域，或其某个字段。</translation>
    </message>
    <message>
        <source>Field</source>
        <translation>字段</translation>
    </message>
    <message>
        <source>Of what was imported about users, such as age.</source>
        <translation>导入的用户信息中的字段，例如 age。</translation>
    </message>
    <message>
        <source>Groups tested</source>
        <translation>测试的分组</translation>
    </message>
    <message>
        <source>Separated by commas, such as light, heavy; the other groups train.</source>
        <translation>用逗号分隔，例如 light, heavy；其他分组用于训练。</translation>
    </message>
    <message>
        <source>Share that is told</source>
        <translation>告知的比例</translation>
    </message>
    <message>
        <source>Of a tested person&apos;s interactions: training knows them; 0: none, as of somebody new.</source>
        <translation>被测试者的交互中训练可知的比例；0 表示一无所知，如同新用户。</translation>
    </message>
    <message>
        <source>Into how many of equally many interactions time is cut.</source>
        <translation>将时间切成多少段，每段的交互数相等。</translation>
    </message>
    <message>
        <source>Last period trained</source>
        <translation>最后的训练时间段</translation>
    </message>
    <message>
        <source>Counted from 0; the next one is tested.</source>
        <translation>从 0 开始计数；下一个时间段用于测试。</translation>
    </message>
    <message>
        <source>Periods trained</source>
        <translation>训练时间段数</translation>
    </message>
    <message>
        <source>The latest so many train; 0: all up to the last one.</source>
        <translation>用最近这么多个时间段训练；0 表示直到最后训练时间段的全部。</translation>
    </message>
    <message>
        <source>Gap</source>
        <translation>间隔</translation>
    </message>
    <message>
        <source>Periods left out between training and test.</source>
        <translation>训练与测试之间略去的时间段数。</translation>
    </message>
    <message>
        <source>Train on validation too</source>
        <translation>也用验证部分训练</translation>
    </message>
    <message>
        <source>For a last run of settings that validation has chosen: nothing stops it early.</source>
        <translation>用于以验证选定的设置做最后一次运行：不会提前停止。</translation>
    </message>
    <message>
        <source>both: of users and of items. user: the user&apos;s own mean, in the source domains when the target has no rating of the user. item: the item&apos;s mean. none: the mean of all ratings for everything.</source>
        <translation>both：用户和物品的偏置。user：用户自己的平均；目标领域中没有该用户的评分时，取其在来源领域中的平均。item：物品的平均。none：一律取全部评分的平均。</translation>
    </message>
    <message>
        <source>How it is known how a new user rates. carried: the user&apos;s bias in the sources, and how far the user goes along with the items&apos; biases there, with weights learned from the ratings of shared users, each taken as if it were not known. mapped: by the mapping, with the vector; so it always is unless the target and a source have ratings.</source>
        <translation>新用户的评分习惯从何得知。carried：用户在来源领域中的偏置，以及用户在来源领域中随物品偏置而变的程度；其权重从共享用户的评分中学得，学习时每个评分都当作未知。mapped：与向量一起由映射得到；若目标领域或来源领域没有评分，则总是如此。</translation>
    </message>
    <message>
        <source>Shrinkage of habits</source>
        <translation>习惯的收缩</translation>
    </message>
    <message>
        <source>Pulls what a user&apos;s ratings in the sources tell of the user&apos;s bias, and of how far the user goes along with the items&apos; biases, towards the average user, as strongly as this many ratings would.</source>
        <translation>将来源领域评分所显示的用户偏置及其随物品偏置而变的程度拉向平均用户，其强度相当于这么多个评分。</translation>
    </message>
    <message>
        <source>What carries a user&apos;s vector, and with user-bias mapped the bias, from the sources to the target: a linear map in closed form, or a network with one layer of tanh units.</source>
        <translation>将用户的向量（user-bias 为 mapped 时还有偏置）从来源领域带到目标领域的方式：闭式解的线性映射，或含一层 tanh 单元的网络。</translation>
    </message>
    <message>
        <source>Factorises the sources and the target apart, learns from the users they share how a vector of the one becomes a vector of the other, and so knows users who are new in the target. How they rate in general is carried over beside it, unless user-bias is mapped: then the mapping does that too, as published.</source>
        <translation>分别分解来源领域和目标领域，从共享用户学习如何把一方的向量变成另一方的向量，从而认识目标领域的新用户。他们总体上如何打分则另外带过去；user-bias 为 mapped 时例外：此时与原论文一样，这也由映射完成。</translation>
    </message>
    <message>
        <source>What the model shall say: names separated by commas, or one a line with a meaning after a colon. Below a line [domain] stand those of that domain.</source>
        <translation>模型应说明的内容：名称以逗号分隔，或每行一个，冒号后为含义。[领域] 行之下为该领域的方面。</translation>
    </message>
    <message>
        <source>Language</source>
        <translation>语言</translation>
    </message>
    <message>
        <source>In which the model shall answer; it takes the place {language}.</source>
        <translation>模型回答所用的语言；填入 {language} 处。</translation>
    </message>
    <message>
        <source>Hold the model to a JSON schema, to any JSON object, or to nothing; auto: to as much as the server can.</source>
        <translation>要求模型按 JSON 模式、按任意 JSON 对象或不作要求；auto：按服务器所能做到的程度。</translation>
    </message>
    <message>
        <source>A reply that is cut there is asked for once more with four times as many.</source>
        <translation>在此处被截断的回复会以四倍长度再请求一次。</translation>
    </message>
    <message>
        <source>File</source>
        <translation>文件</translation>
    </message>
    <message>
        <source>Vectors as .npy with a keys file or as CSV (key, numbers), facets and vectors as JSON lines ({&quot;key&quot;: &quot;7&quot;, &quot;facets&quot;: {&quot;genre&quot;: [&quot;crime&quot;]}, &quot;vector&quot;: [0.5, 0.1]}).</source>
        <translation>向量：.npy 加键文件，或 CSV（键，数值）；方面和向量：JSON 行（{&quot;key&quot;: &quot;7&quot;, &quot;facets&quot;: {&quot;genre&quot;: [&quot;crime&quot;]}, &quot;vector&quot;: [0.5, 0.1]}）。</translation>
    </message>
    <message>
        <source>Keys of a .npy file</source>
        <translation>.npy 文件的键</translation>
    </message>
    <message>
        <source>A text file with the item key of each row on a line, or a CSV file with the columns domain and key.</source>
        <translation>每行一个物品键的文本文件，或含 domain 和 key 两列的 CSV 文件。</translation>
    </message>
    <message>
        <source>Scale vectors to length 1</source>
        <translation>将向量缩放为长度 1</translation>
    </message>
    <message>
        <source>As the vectors of all other extractors are.</source>
        <translation>与其他所有提取器的向量一致。</translation>
    </message>
    <message>
        <source>Only for a file without vectors: the facets&apos; words become vectors of this length (TF-IDF and truncated SVD).</source>
        <translation>仅用于没有向量的文件：由方面的词生成该长度的向量（TF-IDF 与截断 SVD）。</translation>
    </message>
    <message>
        <source>SHA-256 of the file</source>
        <translation>文件的 SHA-256</translation>
    </message>
    <message>
        <source>Found out when left empty and kept with the knowledge base; when given, the file must have it.</source>
        <translation>留空时自动计算并随知识库保存；给出时文件必须与之相符。</translation>
    </message>
    <message>
        <source>SHA-256 of the keys</source>
        <translation>键的 SHA-256</translation>
    </message>
    <message>
        <source>Likewise for the file of keys.</source>
        <translation>键文件的相应值。</translation>
    </message>
    <message>
        <source>From a file</source>
        <translation>来自文件</translation>
    </message>
    <message>
        <source>Takes facets or vectors that another program made: .npy, CSV or JSON lines. Rows that fit no item are counted and named.</source>
        <translation>采用其他程序生成的方面或向量：.npy、CSV 或 JSON 行。不对应任何物品的行会被计数并列出。</translation>
    </message>
    <message>
        <source>Stems</source>
        <translation>词干</translation>
    </message>
    <message>
        <source>Forms of one word count as one term: adventure, adventures.</source>
        <translation>同一个词的各种形式算作一个词项：adventure、adventures。</translation>
    </message>
    <message>
        <source>Whose endings are dropped; auto finds out what each item is written in, among the languages of at least a twentieth of the items.</source>
        <translation>去掉哪种语言的词尾；auto 会在至少占二十分之一物品的语言中判断每个物品所用的语言。</translation>
    </message>
    <message>
        <source>Leave out stop words</source>
        <translation>去除停用词</translation>
    </message>
    <message>
        <source>English and Chinese words that say nothing of what a text is about (the, with, 的) are no terms.</source>
        <translation>说明不了文本内容的英文和中文词（the、with、的）不作为词项。</translation>
    </message>
    <message>
        <source>More stop words</source>
        <translation>更多停用词</translation>
    </message>
    <message>
        <source>Words of your own that are no terms, separated by commas or lines.</source>
        <translation>您自己的、不作为词项的词，以逗号或换行分隔。</translation>
    </message>
    <message>
        <source>Runs of words</source>
        <translation>连续词</translation>
    </message>
    <message>
        <source>Every run of up to so many words that two items share is a term too, whether or not the words belong together; 1: none.</source>
        <translation>两个物品共有的、不超过这么多个词的连续词也作为词项，无论这些词是否构成短语；1：不采用。</translation>
    </message>
    <message>
        <source>words</source>
        <translation>个词</translation>
    </message>
    <message>
        <source>Weights of terms</source>
        <translation>词项权重</translation>
    </message>
    <message>
        <source>TF-IDF with the logarithm of the count, or BM25, where a repeated term soon counts no more and long texts are discounted.</source>
        <translation>取次数对数的 TF-IDF，或 BM25：重复的词很快不再增加权重，长文本会打折扣。</translation>
    </message>
    <message>
        <source>Repetition (k1)</source>
        <translation>重复（k1）</translation>
    </message>
    <message>
        <source>How far a term counts more that an item repeats.</source>
        <translation>物品中重复出现的词项权重增加多少。</translation>
    </message>
    <message>
        <source>Discount of long texts (b)</source>
        <translation>长文本折扣（b）</translation>
    </message>
    <message>
        <source>0: none; 1: in proportion to the length.</source>
        <translation>0：无；1：与长度成比例。</translation>
    </message>
    <message>
        <source>Proxy</source>
        <translation>代理</translation>
    </message>
    <message>
        <source>Address of a proxy, http://host:port; empty: as the environment says. Servers on this machine are asked without one.</source>
        <translation>代理地址，http://host:port；留空：按环境变量。本机服务器不经代理。</translation>
    </message>
    <message>
        <source>Attempts</source>
        <translation>尝试次数</translation>
    </message>
    <message>
        <source>How often one request is tried when the server does not answer or is busy, with longer and longer waits.</source>
        <translation>服务器不应答或繁忙时一个请求尝试的次数，等待时间越来越长。</translation>
    </message>
    <message>
        <source>Redact personal data</source>
        <translation>隐去个人数据</translation>
    </message>
    <message>
        <source>E-mail addresses, phone numbers, long numbers and codes, and names in what people wrote are replaced before anything is sent.</source>
        <translation>发送前会替换电子邮件地址、电话号码、长数字和代码，以及用户所写文本中的姓名。</translation>
    </message>
    <message>
        <source>As it is stored</source>
        <translation>原始内容</translation>
    </message>
    <message>
        <source>Cleaned</source>
        <translation>清理后</translation>
    </message>
    <message>
        <source>Language, and whose stems</source>
        <translation>语言及所用词干</translation>
    </message>
    <message>
        <source>Words</source>
        <translation>词</translation>
    </message>
    <message>
        <source>Stop words and single characters</source>
        <translation>停用词和单个字符</translation>
    </message>
    <message>
        <source>Too common or too rare</source>
        <translation>过于常见或过于少见</translation>
    </message>
    <message>
        <source>Phrases: weight (items)</source>
        <translation>短语：权重（物品）</translation>
    </message>
    <message>
        <source>Terms: weight (items)</source>
        <translation>词项：权重（物品）</translation>
    </message>
    <message>
        <source>How tastes carry over</source>
        <translation>偏好如何迁移</translation>
    </message>
    <message>
        <source>First asks, for every pair of domains with people in both, how tastes carry over; prompts about people say it in the place {carry-over}.</source>
        <translation>先对每一对有共同用户的领域询问偏好如何迁移；关于用户的提示词在 {carry-over} 处写明。</translation>
    </message>
    <message>
        <source>Prompt for pairs</source>
        <translation>领域对的提示词</translation>
    </message>
    <message>
        <source>{title} names the domains, {fields} lists items taken together.</source>
        <translation>{title} 为两个领域，{fields} 列出共同消费的物品。</translation>
    </message>
    <message>
        <source>Shortest history</source>
        <translation>最短历史</translation>
    </message>
    <message>
        <source>People with fewer training interactions are not asked about.</source>
        <translation>训练交互更少的用户不予询问。</translation>
    </message>
    <message>
        <source>Longest history</source>
        <translation>最长历史</translation>
    </message>
    <message>
        <source>Only the latest of a person&apos;s training interactions are told.</source>
        <translation>只写明用户最近的训练交互。</translation>
    </message>
    <message>
        <source>Split</source>
        <translation>划分</translation>
    </message>
    <message>
        <source>Only what this split of each domain leaves to training is told; runs that use what was learnt must split alike.</source>
        <translation>只写明各领域按此划分留给训练的部分；使用所得知识的运行必须采用相同划分。</translation>
    </message>
    <message>
        <source>Same seed, same split.</source>
        <translation>种子相同，划分相同。</translation>
    </message>
    <message>
        <source>Preferences of people from a chat model</source>
        <translation>对话模型给出的用户偏好</translation>
    </message>
    <message>
        <source>Shows a chat model what a person took and rated in each domain, by training interactions alone, and asks what the person prefers; and how tastes carry over from domain to domain.</source>
        <translation>仅凭训练交互，把用户在每个领域消费和评分的内容给对话模型看，询问该用户的偏好；并询问偏好如何在领域间迁移。</translation>
    </message>
    <message>
        <source>Numbers in a word&apos;s and an item&apos;s vector; fewer when there are fewer words.</source>
        <translation>词向量和物品向量的长度；词较少时更短。</translation>
    </message>
    <message>
        <source>Window</source>
        <translation>窗口</translation>
    </message>
    <message>
        <source>Words so near to each other tell what they mean; stop words do not count.</source>
        <translation>相距这么近的词互相说明含义；停用词不计。</translation>
    </message>
    <message>
        <source>Smoothing of contexts</source>
        <translation>上下文平滑</translation>
    </message>
    <message>
        <source>The power of the neighbours&apos; counts; below 1 a rare neighbour says less.</source>
        <translation>近邻词频次的幂；小于 1 时少见的近邻影响较小。</translation>
    </message>
    <message>
        <source>Shift (k)</source>
        <translation>偏移（k）</translation>
    </message>
    <message>
        <source>Pairs of words count only when they stand together more than so many times as often as by chance.</source>
        <translation>两个词共同出现的频率须超过随机的这么多倍才计入。</translation>
    </message>
    <message>
        <source>Frequent words (a)</source>
        <translation>常见词（a）</translation>
    </message>
    <message>
        <source>In an item&apos;s mean, words count less the more their share of all texts exceeds this.</source>
        <translation>在物品的均值中，词在所有文本中的占比超过此值越多，权重越低。</translation>
    </message>
    <message>
        <source>Word vectors</source>
        <translation>词向量</translation>
    </message>
    <message>
        <source>Learns from the texts which words stand together (PPMI, truncated SVD); an item is the weighted mean of its words (SIF). Facets as with words and phrases. Needs no network; the same texts give the same knowledge.</source>
        <translation>从文本中学习哪些词共同出现（PPMI，截断 SVD）；物品为其词的加权均值（SIF）。方面与“词与短语”相同。无需网络；相同文本得到相同知识。</translation>
    </message>
    <message>
        <source>Shrinkage of what all share</source>
        <translation>共同权重的收缩</translation>
    </message>
    <message>
        <source>Pulls what a text is worth to everybody towards nothing, as strongly as this many ratings would.</source>
        <translation>把文本对所有人的价值向零收缩，力度相当于这么多条评分。</translation>
    </message>
    <message>
        <source>Shrinkage of a user&apos;s taste</source>
        <translation>用户口味的收缩</translation>
    </message>
    <message>
        <source>Pulls how a user&apos;s taste differs from everybody&apos;s towards nothing, as strongly as this many ratings would.</source>
        <translation>把用户口味与众人的差异向零收缩，力度相当于这么多条评分。</translation>
    </message>
    <message>
        <source>Pulls how high a user rates towards the mean of all ratings, as strongly as this many average ratings would.</source>
        <translation>把用户打分的高低向所有评分的平均值收缩，力度相当于这么多条平均评分。</translation>
    </message>
    <message>
        <source>Pulls an item&apos;s mean towards what its text is worth, as strongly as this many ratings would. Large values serve items that nobody rated yet, small ones items with many ratings.</source>
        <translation>把物品的平均分向其文本的价值收缩，力度相当于这么多条评分。数值大适合尚无人评分的物品，数值小适合评分很多的物品。</translation>
    </message>
    <message>
        <source>What a rating in a source counts, against one in the target.</source>
        <translation>来源领域的一条评分相对于目标领域一条评分的分量。</translation>
    </message>
    <message>
        <source>Ridge regression on content</source>
        <translation>基于内容的岭回归</translation>
    </message>
    <message>
        <source>Explains ratings by the items&apos; vectors: what a text is worth to everybody, and how each user&apos;s taste differs from that, learnt from the user&apos;s ratings in all domains. Rates items that nobody rated yet, and its reasons are exact.</source>
        <translation>用物品的向量解释评分：文本对所有人的价值，以及每位用户的口味与此有何不同（由该用户在所有领域的评分学得）。能为尚无人评分的物品估计评分，给出的理由是精确的。</translation>
    </message>
    <message>
        <source>What is asked; words in braces are filled in for every request. What stands above a line --- is the system&apos;s message. @NAME takes a prompt that was saved.</source>
        <translation>提问的内容；花括号中的词在每个请求中填入。--- 行以上的内容是系统消息。@名称 采用已保存的提示词。</translation>
    </message>
    <message>
        <source>Vectors of facets from a server</source>
        <translation>来自服务器的方面向量</translation>
    </message>
    <message>
        <source>Sends the facets of another knowledge base to an embedding model behind an OpenAI-compatible address, equal ones once; each item gets the weighted mean of its facets.</source>
        <translation>把另一知识库的方面发送给 OpenAI 兼容地址后的嵌入模型，相同的只发送一次；每个物品取其方面的加权均值。</translation>
    </message>
    <message>
        <source>Facets of</source>
        <translation>方面来自</translation>
    </message>
    <message>
        <source>The finished knowledge base whose facets get vectors, with what people changed of them.</source>
        <translation>已完成的知识库，其方面（连同人工修改）将获得向量。</translation>
    </message>
    <message>
        <source>Vectors of facets from words</source>
        <translation>来自词的方面向量</translation>
    </message>
    <message>
        <source>Gives the facets of another knowledge base vectors by the words in them, and each item the weighted mean of its facets. Needs no network.</source>
        <translation>按方面中的词为另一知识库的方面赋予向量，每个物品取其方面的加权均值。无需网络。</translation>
    </message>
    <message>
        <source>Embedder</source>
        <translation>嵌入方式</translation>
    </message>
    <message>
        <source>TF-IDF and truncated SVD of all facets&apos; words, word vectors of them, or the words and vectors that another knowledge base learnt from longer texts.</source>
        <translation>所有方面的词的 TF-IDF 与截断 SVD、它们的词向量，或另一知识库从较长文本中学得的词与向量。</translation>
    </message>
    <message>
        <source>Words of</source>
        <translation>词来自</translation>
    </message>
    <message>
        <source>A finished knowledge base that was made of words: lexical, word-vectors, or facets of chat or a file.</source>
        <translation>由词得出的已完成知识库：lexical、word-vectors，或 chat 或文件的方面。</translation>
    </message>
    <message>
        <source>Precision of vectors</source>
        <translation>向量精度</translation>
    </message>
    <message>
        <source>the language of the answer</source>
        <translation>回答所用的语言</translation>
    </message>
    <message>
        <source>the names of the facets, each with its meaning</source>
        <translation>各方面的名称及其含义</translation>
    </message>
    <message>
        <source>the name of the domain</source>
        <translation>领域的名称</translation>
    </message>
    <message>
        <source>the item&apos;s title</source>
        <translation>物品的标题</translation>
    </message>
    <message>
        <source>the item&apos;s other fields, one a line</source>
        <translation>物品的其他字段，每行一个</translation>
    </message>
    <message>
        <source>what the person took, the latest last, and how it was rated</source>
        <translation>此人选过的物品（最近的在最后）及其评分</translation>
    </message>
    <message>
        <source>how tastes come into the domain from others</source>
        <translation>口味如何从其他领域带入此领域</translation>
    </message>
    <message>
        <source>the names of the two domains</source>
        <translation>两个领域的名称</translation>
    </message>
    <message>
        <source>items that the same people took, one pair a line</source>
        <translation>同一批人选过的物品，每行一对</translation>
    </message>
    <message>
        <source>float16 takes half the room, in the workspace and in training, and keeps three digits; what is read of it is exactly what is stored.</source>
        <translation>float16 在工作区和训练中都只占一半空间，保留三位有效数字；读出的与存储的完全一致。</translation>
    </message>
</context>
<context>
    <name>results</name>
    <message>
        <source>%1 of %2 rows are of people or pairs outside the test part: left out.</source>
        <translation>%2 行中有 %1 行属于测试部分之外的人或交互对：已忽略。</translation>
    </message>
    <message>
        <source>%1 of %2 test users have no list: they count as 0.</source>
        <translation>%2 个测试用户中有 %1 个没有推荐列表：按 0 计。</translation>
    </message>
    <message>
        <source>%1 of %2 test users have lists that end before the measures stop looking: the empty places count as misses.</source>
        <translation>%2 个测试用户中有 %1 个的推荐列表短于指标所考察的长度：空缺的位置按未命中计。</translation>
    </message>
    <message>
        <source>%1 listed items stand in the training or validation part of the very user: left out, the next ones moved up, as in every list here.</source>
        <translation>推荐列表中有 %1 个物品位于同一用户的训练或验证部分：已略去，后面的物品依次前移，与这里的所有推荐列表一样。</translation>
    </message>
    <message>
        <source>%1 of %2 test interactions have no prediction: the mean of the training ratings stands for it.</source>
        <translation>%2 个测试交互中有 %1 个没有预测：以训练评分的平均值代替。</translation>
    </message>
    <message>
        <source>Not measured, because these files do not say it: %1.</source>
        <translation>未测量，因为这些文件中没有相应信息：%1。</translation>
    </message>
</context>
<context>
    <name>runs</name>
    <message>
        <source>control: no knowledge</source>
        <translation>对照：无知识</translation>
    </message>
    <message>
        <source>control: shuffled knowledge</source>
        <translation>对照：打乱的知识</translation>
    </message>
    <message>
        <source>control: titles only</source>
        <translation>对照：仅标题</translation>
    </message>
    <message>
        <source>control: popularity</source>
        <translation>对照：热门度</translation>
    </message>
    <message>
        <source>control: global mean</source>
        <translation>对照：全局平均</translation>
    </message>
    <message>
        <source>control: item mean</source>
        <translation>对照：物品平均</translation>
    </message>
    <message>
        <source>control: user mean</source>
        <translation>对照：用户平均</translation>
    </message>
    <message>
        <source>control: bias</source>
        <translation>对照：偏置</translation>
    </message>
    <message>
        <source>control: carried bias</source>
        <translation>对照：带来的偏置</translation>
    </message>
</context>
<context>
    <name>segments</name>
    <message>
        <source>none (cold)</source>
        <translation>没有（冷启动）</translation>
    </message>
    <message>
        <source>1 to 5</source>
        <translation>1 到 5</translation>
    </message>
    <message>
        <source>6 to 20</source>
        <translation>6 到 20</translation>
    </message>
    <message>
        <source>21 to 50</source>
        <translation>21 到 50</translation>
    </message>
    <message>
        <source>51 to 200</source>
        <translation>51 到 200</translation>
    </message>
    <message>
        <source>more than 200</source>
        <translation>200 以上</translation>
    </message>
    <message>
        <source>new (in no training interaction)</source>
        <translation>新（不在任何训练交互中）</translation>
    </message>
    <message>
        <source>the rarest third of the interactions</source>
        <translation>最冷门的三分之一交互</translation>
    </message>
    <message>
        <source>the middle third</source>
        <translation>中间的三分之一</translation>
    </message>
    <message>
        <source>the most popular third</source>
        <translation>最热门的三分之一</translation>
    </message>
    <message>
        <source>in the target only</source>
        <translation>只在目标领域</translation>
    </message>
    <message>
        <source>in a source too</source>
        <translation>也在某个源领域</translation>
    </message>
    <message>
        <source>Users by training interactions</source>
        <translation>按训练交互数划分的用户</translation>
    </message>
    <message>
        <source>Users by domains</source>
        <translation>按领域划分的用户</translation>
    </message>
    <message>
        <source>Items by popularity</source>
        <translation>按热门程度划分的物品</translation>
    </message>
    <message>
        <source>Items by selection</source>
        <translation>按选择划分的物品</translation>
    </message>
    <message>
        <source>other items</source>
        <translation>其他物品</translation>
    </message>
    <message>
        <source>selected items</source>
        <translation>所选物品</translation>
    </message>
</context>
<context>
    <name>stages</name>
    <message>
        <source>Loading</source>
        <translation>正在载入</translation>
    </message>
    <message>
        <source>Evaluating</source>
        <translation>正在评估</translation>
    </message>
    <message>
        <source>Loading knowledge</source>
        <translation>正在载入知识</translation>
    </message>
    <message>
        <source>Splitting</source>
        <translation>正在划分</translation>
    </message>
    <message>
        <source>Storing results</source>
        <translation>正在保存结果</translation>
    </message>
    <message>
        <source>Finished</source>
        <translation>已完成</translation>
    </message>
    <message>
        <source>Importing rows</source>
        <translation>正在导入数据行</translation>
    </message>
    <message>
        <source>Generating the sample</source>
        <translation>正在生成示例</translation>
    </message>
    <message>
        <source>Training</source>
        <translation>正在训练</translation>
    </message>
    <message>
        <source>Inverting the matrix</source>
        <translation>正在求逆矩阵</translation>
    </message>
    <message>
        <source>Writing</source>
        <translation>正在写入</translation>
    </message>
    <message>
        <source>Counting</source>
        <translation>正在计数</translation>
    </message>
    <message>
        <source>Reading vectors</source>
        <translation>正在读取向量</translation>
    </message>
    <message>
        <source>Laying out the map</source>
        <translation>正在绘制分布图</translation>
    </message>
    <message>
        <source>Reading texts</source>
        <translation>正在读取文本</translation>
    </message>
    <message>
        <source>Finding words</source>
        <translation>正在提取词语</translation>
    </message>
    <message>
        <source>Saving knowledge</source>
        <translation>正在保存知识</translation>
    </message>
    <message>
        <source>Asking the server</source>
        <translation>正在询问服务器</translation>
    </message>
    <message>
        <source>Finding vectors</source>
        <translation>正在计算向量</translation>
    </message>
    <message>
        <source>Auditing</source>
        <translation>正在审查</translation>
    </message>
    <message>
        <source>Reading rows</source>
        <translation>正在读取行</translation>
    </message>
    <message>
        <source>Choosing weights on validation</source>
        <translation>正在验证集上选择权重</translation>
    </message>
    <message>
        <source>Solving neighbourhoods</source>
        <translation>正在求解近邻</translation>
    </message>
    <message>
        <source>Learning the weights</source>
        <translation>正在学习权重</translation>
    </message>
    <message>
        <source>Comparing items</source>
        <translation>正在比较物品</translation>
    </message>
    <message>
        <source>Checking knowledge</source>
        <translation>正在检查知识</translation>
    </message>
    <message>
        <source>Reading the file</source>
        <translation>正在读取文件</translation>
    </message>
    <message>
        <source>Finding neighbours</source>
        <translation>正在查找近邻</translation>
    </message>
    <message>
        <source>Arranging neighbourhoods</source>
        <translation>正在按邻域排布</translation>
    </message>
    <message>
        <source>Reading histories</source>
        <translation>正在读取历史</translation>
    </message>
    <message>
        <source>Copying knowledge</source>
        <translation>复制知识</translation>
    </message>
</context>
<context>
    <name>transept::ui::AddFacetDialog</name>
    <message>
        <source>Add a facet to %1</source>
        <comment>title of an item</comment>
        <translation>为 %1 添加方面</translation>
    </message>
    <message>
        <source>Add</source>
        <translation>添加</translation>
    </message>
    <message>
        <source>Facet</source>
        <translation>方面</translation>
    </message>
    <message>
        <source>Text</source>
        <translation>文本</translation>
    </message>
</context>
<context>
    <name>transept::ui::BarChart</name>
    <message>
        <source>%1: %2</source>
        <translation>%1：%2</translation>
    </message>
    <message>
        <source>%1: %2 (%3 to %4)</source>
        <translation>%1：%2（%3 至 %4）</translation>
    </message>
    <message>
        <source>name</source>
        <translation>名称</translation>
    </message>
    <message>
        <source>value</source>
        <translation>数值</translation>
    </message>
    <message>
        <source>low</source>
        <translation>下限</translation>
    </message>
    <message>
        <source>high</source>
        <translation>上限</translation>
    </message>
</context>
<context>
    <name>transept::ui::BudgetFields</name>
    <message>
        <source>A budget is a number above 0, of tokens a whole one; empty: no limit.</source>
        <translation>预算为大于 0 的数，词元预算为整数；留空：不限。</translation>
    </message>
    <message>
        <source>A budget of money needs the price of the model.</source>
        <translation>金额预算需要模型的价格。</translation>
    </message>
    <message>
        <source>Spend at most</source>
        <translation>最多花费</translation>
    </message>
    <message>
        <source>tokens</source>
        <translation>词元</translation>
    </message>
    <message>
        <source>money</source>
        <translation>金额</translation>
    </message>
    <message>
        <source>minutes</source>
        <translation>分钟</translation>
    </message>
    <message>
        <source>Token budget</source>
        <translation>词元预算</translation>
    </message>
    <message>
        <source>Money budget</source>
        <translation>金额预算</translation>
    </message>
    <message>
        <source>Time budget in minutes</source>
        <translation>时间预算（分钟）</translation>
    </message>
    <message>
        <source>Price of a million tokens</source>
        <translation>每百万词元的价格</translation>
    </message>
    <message>
        <source>in</source>
        <translation>输入</translation>
    </message>
    <message>
        <source>out</source>
        <translation>输出</translation>
    </message>
    <message>
        <source>Price of a million tokens that the model reads</source>
        <translation>模型读取的每百万词元的价格</translation>
    </message>
    <message>
        <source>Price of a million tokens that the model writes</source>
        <translation>模型写出的每百万词元的价格</translation>
    </message>
    <message>
        <source>Currency</source>
        <translation>货币</translation>
    </message>
</context>
<context>
    <name>transept::ui::CalibrationCard</name>
    <message>
        <source>Predicted and observed ratings, 95 % intervals</source>
        <translation>预测评分与实际评分，95% 区间</translation>
    </message>
    <message>
        <source>None of these runs predicts ratings: scores that only rank cannot be held against what was rated.</source>
        <translation>这些运行都不预测评分：只用于排序的得分无法与实际评分对照。</translation>
    </message>
    <message>
        <source>predicted</source>
        <translation>预测</translation>
    </message>
    <message>
        <source>mean prediction of a tenth of the test pairs</source>
        <translation>十分之一测试对的平均预测</translation>
    </message>
    <message>
        <source>mean rating</source>
        <translation>平均评分</translation>
    </message>
</context>
<context>
    <name>transept::ui::Chart</name>
    <message>
        <source>Show everything</source>
        <translation>显示全部</translation>
    </message>
    <message>
        <source>Copy as picture</source>
        <translation>复制为图片</translation>
    </message>
    <message>
        <source>Save as %1…</source>
        <translation>另存为 %1…</translation>
    </message>
    <message>
        <source>Save values as CSV…</source>
        <translation>将数值存为 CSV…</translation>
    </message>
    <message>
        <source>Values as a table</source>
        <translation>以表格显示数值</translation>
    </message>
    <message>
        <source>%1 pictures (*.%2)</source>
        <translation>%1 图片 (*.%2)</translation>
    </message>
    <message>
        <source>Tables (*.csv)</source>
        <translation>表格 (*.csv)</translation>
    </message>
    <message>
        <source>Save chart</source>
        <translation>保存图表</translation>
    </message>
    <message>
        <source>Save as PNG of a chosen size…</source>
        <translation>按所选尺寸另存为 PNG…</translation>
    </message>
    <message>
        <source>Save shown values as CSV…</source>
        <translation>将显示的数值存为 CSV…</translation>
    </message>
</context>
<context>
    <name>transept::ui::ChartCard</name>
    <message>
        <source>Show everything</source>
        <translation>显示全部</translation>
    </message>
    <message>
        <source>Show everything and follow what is new (double click, Home)</source>
        <translation>显示全部并跟随最新数据（双击或 Home）</translation>
    </message>
    <message>
        <source>log</source>
        <translation>对数</translation>
    </message>
    <message>
        <source>Logarithmic axis of values</source>
        <translation>数值轴取对数</translation>
    </message>
    <message>
        <source>smooth</source>
        <translation>平滑</translation>
    </message>
    <message>
        <source>Draw a smoothed curve above the raw one</source>
        <translation>在原始曲线之上绘制平滑曲线</translation>
    </message>
</context>
<context>
    <name>transept::ui::ColourScale</name>
    <message>
        <source>Colours from %1 to %2</source>
        <translation>颜色由 %1 到 %2</translation>
    </message>
</context>
<context>
    <name>transept::ui::ColumnChart</name>
    <message>
        <source>%1 to %2: %3</source>
        <translation>%1 至 %2：%3</translation>
    </message>
    <message>
        <source>%1: %2</source>
        <translation>%1：%2</translation>
    </message>
    <message>
        <source>from</source>
        <translation>从</translation>
    </message>
    <message>
        <source>to</source>
        <translation>至</translation>
    </message>
    <message>
        <source>count</source>
        <translation>数量</translation>
    </message>
</context>
<context>
    <name>transept::ui::CommandPalette</name>
    <message>
        <source>What do you want to do?</source>
        <translation>想做什么？</translation>
    </message>
    <message>
        <source>Command</source>
        <translation>命令</translation>
    </message>
    <message>
        <source>Commands</source>
        <translation>命令</translation>
    </message>
    <message>
        <source>No command fits these letters.</source>
        <translation>没有与这些字母相符的命令。</translation>
    </message>
</context>
<context>
    <name>transept::ui::ComparePage</name>
    <message>
        <source>Compare</source>
        <translation>对比</translation>
    </message>
    <message>
        <source>Try again</source>
        <translation>重试</translation>
    </message>
    <message>
        <source>The data changed between the selected runs: their values may not be compared. Run the older ones again.</source>
        <translation>所选运行之间数据发生了变更：其数值不可比较。请重新运行较早的。</translation>
    </message>
    <message>
        <source>The selected runs recommend in different domains: their values may not be compared.</source>
        <translation>所选运行在不同领域中推荐：其数值不可比较。</translation>
    </message>
    <message>
        <source>The selected runs were tested on different splits of the data: their values may not be compared.</source>
        <translation>所选运行在不同的数据划分上测试：其数值不可比较。</translation>
    </message>
    <message>
        <source>Keep only runs like the first</source>
        <translation>仅保留与首个同类的运行</translation>
    </message>
    <message>
        <source>Save comparison</source>
        <translation>保存对比</translation>
    </message>
    <message>
        <source>Tables (*.csv)</source>
        <translation>表格 (*.csv)</translation>
    </message>
    <message>
        <source>comparison.csv</source>
        <comment>name of a file</comment>
        <translation>对比.csv</translation>
    </message>
    <message>
        <source>The comparison is in %1.</source>
        <translation>对比结果在 %1 中。</translation>
    </message>
    <message>
        <source>No runs yet</source>
        <translation>还没有运行</translation>
    </message>
    <message numerus="yes">
        <source>%1 of %Ln run(s) chosen</source>
        <comment>%1: how many</comment>
        <translation>
            <numerusform>已选 %Ln 个运行中的 %1 个</numerusform>
        </translation>
    </message>
    <message>
        <source>%1; the first %2 are compared</source>
        <comment>5 of 23 runs chosen</comment>
        <translation>%1；对比前 %2 个</translation>
    </message>
    <message>
        <source>%1; they may not be compared with each other</source>
        <comment>5 of 23 runs chosen</comment>
        <translation>%1；它们彼此不可比较</translation>
    </message>
    <message>
        <source>%1, %2</source>
        <comment>5 of 23 runs chosen, films from books</comment>
        <translation>%1，%2</translation>
    </message>
    <message>
        <source>Select all finished</source>
        <translation>选择全部已完成的</translation>
    </message>
    <message>
        <source>Compare all finished runs that the table shows</source>
        <translation>对比表格中显示的所有已完成运行</translation>
    </message>
    <message>
        <source>Compare against this run</source>
        <translation>以此运行为基准</translation>
    </message>
    <message>
        <source>Test the others against the run of the current row</source>
        <translation>将其他运行与当前行的运行比较</translation>
    </message>
    <message>
        <source>Export comparison</source>
        <translation>导出对比</translation>
    </message>
    <message>
        <source>Columns of the run table</source>
        <translation>运行表的列</translation>
    </message>
    <message>
        <source>Choose which columns the table of runs shows</source>
        <translation>选择运行表显示哪些列</translation>
    </message>
    <message>
        <source>Filter runs</source>
        <translation>筛选运行</translation>
    </message>
    <message>
        <source>Show only runs whose name, method, note or state holds some words</source>
        <translation>仅显示名称、方法、备注或状态中含有所输入词的运行</translation>
    </message>
    <message>
        <source>Delete</source>
        <translation>删除</translation>
    </message>
    <message>
        <source>Delete the selected runs (Del); can be undone</source>
        <translation>删除所选运行（Del）；可以撤销</translation>
    </message>
    <message>
        <source>Go to experiments</source>
        <translation>前往实验</translation>
    </message>
    <message>
        <source>Choose a method and train it</source>
        <translation>选择并训练一个方法</translation>
    </message>
    <message>
        <source>Nothing to compare yet</source>
        <translation>还没有可对比的内容</translation>
    </message>
    <message>
        <source>Runs stand here side by side once they have been trained: their measures with intervals, their curves, and what was set differently.</source>
        <translation>训练完成的运行会并列显示在这里：带区间的指标、曲线，以及设置的差异。</translation>
    </message>
    <message>
        <source>Select the runs to compare</source>
        <translation>选择要对比的运行</translation>
    </message>
    <message>
        <source>Click one in the table above, then others with Ctrl or Shift. The first is the one that the others are tested against.</source>
        <translation>在上表中单击一个，再按住 Ctrl 或 Shift 单击其他。其他运行都与第一个比较。</translation>
    </message>
    <message>
        <source>None of these runs has curves: methods that learn in epochs draw them.</source>
        <translation>这些运行都没有曲线：按轮学习的方法才会绘制。</translation>
    </message>
    <message>
        <source>Save values, intervals and tests of all measures as a CSV file</source>
        <translation>将所有指标的数值、区间和检验结果存为 CSV 文件</translation>
    </message>
    <message>
        <source>What differs</source>
        <translation>差异</translation>
    </message>
    <message>
        <source>The settings in which the runs differ</source>
        <translation>各运行之间不同的设置</translation>
    </message>
    <message>
        <source>For whom</source>
        <translation>对谁有效</translation>
    </message>
    <message>
        <source>The measure for users with short and long histories, for rare and popular items</source>
        <translation>历史长短不同的用户、冷门与热门物品上的指标</translation>
    </message>
    <message>
        <source>Can it be believed</source>
        <translation>是否可信</translation>
    </message>
    <message>
        <source>Leaks, missing controls and repetitions that the figures do not show</source>
        <translation>数字看不出的泄漏、缺失的对照和重复实验</translation>
    </message>
    <message>
        <source>Training</source>
        <translation>训练</translation>
    </message>
    <message>
        <source>The curves of training</source>
        <translation>训练曲线</translation>
    </message>
    <message>
        <source>Person by person</source>
        <translation>逐人对比</translation>
    </message>
    <message>
        <source>The measure of every person against that of the first run</source>
        <translation>每个人的指标与首个运行的对比</translation>
    </message>
    <message>
        <source>ROC</source>
        <translation>ROC</translation>
    </message>
    <message>
        <source>True against false positives, for predicted ratings</source>
        <translation>预测评分的真阳性与假阳性</translation>
    </message>
    <message>
        <source>Calibration</source>
        <translation>校准</translation>
    </message>
    <message>
        <source>Predicted ratings against what was rated</source>
        <translation>预测评分与实际评分的对照</translation>
    </message>
</context>
<context>
    <name>transept::ui::ComparedRunsModel</name>
    <message>
        <source>The others are tested against this run</source>
        <translation>其他运行与此运行比较</translation>
    </message>
    <message>
        <source>p against first</source>
        <translation>与首个相比的 p 值</translation>
    </message>
    <message>
        <source>How likely a difference in %1 to the first selected run would be by chance: paired Wilcoxon test over the people of both, corrected after Holm</source>
        <translation>与首个所选运行在 %1 上的差异纯属偶然的可能性：对两者共同的人做配对 Wilcoxon 检验，经 Holm 校正</translation>
    </message>
    <message>
        <source>Difference</source>
        <translation>差值</translation>
    </message>
    <message>
        <source>Better for</source>
        <translation>更优用户占比</translation>
    </message>
    <message>
        <source>the measure</source>
        <translation>该指标</translation>
    </message>
    <message>
        <source>%1 of the run, less that of the first selected run</source>
        <comment>a measure</comment>
        <translation>该运行的 %1 减去首个所选运行的值</translation>
    </message>
    <message>
        <source>For how many of the people of both runs %1 is better than with the first selected run; equal ones count half</source>
        <comment>a measure</comment>
        <translation>在两个运行共有的用户中，%1 优于首个所选运行的用户所占的比例；持平的计一半</translation>
    </message>
</context>
<context>
    <name>transept::ui::CurveCard</name>
    <message>
        <source>Loss in training</source>
        <translation>训练损失</translation>
    </message>
    <message>
        <source>%1 on validation</source>
        <comment>measure</comment>
        <translation>验证集上的 %1</translation>
    </message>
    <message>
        <source>Curves</source>
        <translation>曲线</translation>
    </message>
    <message>
        <source>epoch</source>
        <translation>轮</translation>
    </message>
    <message>
        <source>What the curves show</source>
        <translation>曲线显示的内容</translation>
    </message>
</context>
<context>
    <name>transept::ui::CurvePanel</name>
    <message>
        <source>No curves yet: methods that learn in epochs draw them while they train.</source>
        <translation>还没有曲线：按轮学习的方法会在训练时绘制。</translation>
    </message>
</context>
<context>
    <name>transept::ui::DataPage</name>
    <message>
        <source>Data</source>
        <translation>数据</translation>
    </message>
    <message numerus="yes">
        <source>%Ln domain(s)</source>
        <translation>
            <numerusform>%Ln 个领域</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln interaction(s)</source>
        <translation>
            <numerusform>%Ln 条交互</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln of them in more than one domain</source>
        <translation>
            <numerusform>其中 %Ln 人在多个领域</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln people</source>
        <translation>
            <numerusform>%Ln 人</numerusform>
        </translation>
    </message>
    <message>
        <source>%1, %2, %3, %4</source>
        <comment>domains, interactions, people, how many of these are in several domains</comment>
        <translation>%1，%2，%3，%4</translation>
    </message>
    <message>
        <source>Import files</source>
        <translation>导入文件</translation>
    </message>
    <message>
        <source>Save rejected rows</source>
        <translation>保存被拒绝的行</translation>
    </message>
    <message>
        <source>Tables (*.csv)</source>
        <translation>表格 (*.csv)</translation>
    </message>
    <message>
        <source>%1-rejected.csv</source>
        <translation>%1-被拒绝.csv</translation>
    </message>
    <message>
        <source>Saving %1</source>
        <translation>正在保存 %1</translation>
    </message>
    <message>
        <source>The rejected rows are in %1.</source>
        <translation>被拒绝的行在 %1 中。</translation>
    </message>
    <message>
        <source>Import…</source>
        <translation>导入…</translation>
    </message>
    <message>
        <source>Import files; they can also be dropped onto the window</source>
        <translation>导入文件；也可以把文件拖到窗口上</translation>
    </message>
    <message>
        <source>Delete domain</source>
        <translation>删除领域</translation>
    </message>
    <message>
        <source>Delete the chosen domain with all it holds; this can be undone</source>
        <translation>删除所选领域及其全部内容；可以撤销</translation>
    </message>
    <message>
        <source>Resume import</source>
        <translation>继续导入</translation>
    </message>
    <message>
        <source>Go on with the chosen import where it stopped</source>
        <translation>从停止处继续所选的导入</translation>
    </message>
    <message>
        <source>Save rejected rows…</source>
        <translation>保存被拒绝的行…</translation>
    </message>
    <message>
        <source>Save the rows that the chosen import rejected, with their reasons, as CSV</source>
        <translation>将所选导入中被拒绝的行及原因存为 CSV</translation>
    </message>
    <message>
        <source>In common</source>
        <translation>共有</translation>
    </message>
    <message>
        <source>People</source>
        <translation>人</translation>
    </message>
    <message>
        <source>Show how many people two domains share</source>
        <translation>显示两个领域共有多少人</translation>
    </message>
    <message>
        <source>Works</source>
        <translation>作品</translation>
    </message>
    <message>
        <source>Show how many works two domains share</source>
        <translation>显示两个领域共有多少作品</translation>
    </message>
    <message>
        <source>What each two domains share</source>
        <translation>每两个领域共有的部分</translation>
    </message>
    <message>
        <source>Domains</source>
        <translation>领域</translation>
    </message>
    <message>
        <source>Statistics</source>
        <translation>统计</translation>
    </message>
    <message>
        <source>Interactions</source>
        <translation>交互</translation>
    </message>
    <message>
        <source>Items</source>
        <translation>物品</translation>
    </message>
    <message>
        <source>Imports</source>
        <translation>导入</translation>
    </message>
    <message>
        <source>No data yet</source>
        <translation>还没有数据</translation>
    </message>
    <message>
        <source>Import ratings, clicks or plays of several domains, and descriptions of the items: files with a row or a user a line, plain or gzip. They can also be dropped onto this window.</source>
        <translation>导入多个领域的评分、点击或播放记录，以及物品描述：每行一条记录或一个用户的文件，普通或 gzip 均可。也可以把文件拖到此窗口。</translation>
    </message>
    <message>
        <source>Rename domain</source>
        <translation>重命名领域</translation>
    </message>
    <message>
        <source>Give the chosen domain another name (F2 in the table), while no run or knowledge base knows it by the old</source>
        <translation>给所选领域换个名称（表中按 F2）；须尚无运行或知识库使用原名称</translation>
    </message>
</context>
<context>
    <name>transept::ui::DifferenceCard</name>
    <message>
        <source>Person by person</source>
        <translation>逐人对比</translation>
    </message>
    <message>
        <source>Person by person, against %1</source>
        <comment>name of a run</comment>
        <translation>逐人对比，相对于 %1</translation>
    </message>
    <message>
        <source>Fewer than two of the selected runs have finished.</source>
        <translation>所选运行中完成的不足两个。</translation>
    </message>
    <message>
        <source>These runs keep no value of the measure for the same people.</source>
        <translation>这些运行没有为相同的人保存该指标的值。</translation>
    </message>
    <message>
        <source>squared error</source>
        <translation>平方误差</translation>
    </message>
    <message>
        <source>people, %</source>
        <translation>人群占比，%</translation>
    </message>
    <message>
        <source>gain in %1</source>
        <comment>a measure</comment>
        <translation>%1 的增益</translation>
    </message>
    <message>
        <source>better for %1, worse for %2
mean %3 (%4 to %5)</source>
        <comment>shares of people, differences</comment>
        <translation>对 %1 的人更优，对 %2 的人更差
平均 %3（%4 到 %5）</translation>
    </message>
    <message>
        <source>people, greatest loss to greatest gain, %</source>
        <translation>人群占比（从损失最大到增益最大），%</translation>
    </message>
</context>
<context>
    <name>transept::ui::DomainCharts</name>
    <message>
        <source>This domain has no interactions yet. Import some.</source>
        <translation>该领域还没有交互。请先导入。</translation>
    </message>
    <message>
        <source>interactions</source>
        <translation>交互</translation>
    </message>
    <message>
        <source>Values</source>
        <translation>数值</translation>
    </message>
    <message>
        <source>value</source>
        <translation>数值</translation>
    </message>
    <message>
        <source>Activity of users</source>
        <translation>用户活跃度</translation>
    </message>
    <message>
        <source>rank of the user</source>
        <translation>用户名次</translation>
    </message>
    <message>
        <source>user</source>
        <translation>用户</translation>
    </message>
    <message>
        <source>Popularity of items</source>
        <translation>物品热门度</translation>
    </message>
    <message>
        <source>rank of the item</source>
        <translation>物品名次</translation>
    </message>
    <message>
        <source>item</source>
        <translation>物品</translation>
    </message>
    <message>
        <source>All interactions have the same value: %1.</source>
        <translation>所有交互的值都相同：%1。</translation>
    </message>
</context>
<context>
    <name>transept::ui::DomainEdits</name>
    <message>
        <source>delete the domain %1</source>
        <translation>删除领域 %1</translation>
    </message>
    <message>
        <source>The domain %1 was deleted.</source>
        <translation>领域 %1 已删除。</translation>
    </message>
    <message>
        <source>Undo</source>
        <translation>撤销</translation>
    </message>
    <message>
        <source>rename the domain %1</source>
        <translation>重命名领域 %1</translation>
    </message>
</context>
<context>
    <name>transept::ui::DomainModel</name>
    <message>
        <source>%1 of them have interactions</source>
        <translation>其中 %1 个有交互</translation>
    </message>
    <message>
        <source>Interactions of all possible pairs of a user and an item that occur</source>
        <translation>所有可能的用户与物品对中实际出现的交互</translation>
    </message>
    <message>
        <source>Items with a title or a field</source>
        <translation>有标题或字段的物品</translation>
    </message>
    <message>
        <source>Domain</source>
        <translation>领域</translation>
    </message>
    <message>
        <source>Platform</source>
        <translation>平台</translation>
    </message>
    <message>
        <source>Feedback</source>
        <translation>反馈</translation>
    </message>
    <message>
        <source>Scale</source>
        <translation>量程</translation>
    </message>
    <message>
        <source>Users</source>
        <translation>用户</translation>
    </message>
    <message>
        <source>Items</source>
        <translation>物品</translation>
    </message>
    <message>
        <source>Interactions</source>
        <translation>交互</translation>
    </message>
    <message>
        <source>Density</source>
        <translation>密度</translation>
    </message>
    <message>
        <source>With text</source>
        <translation>有文本</translation>
    </message>
    <message>
        <source>Period</source>
        <translation>时间段</translation>
    </message>
</context>
<context>
    <name>transept::ui::ExperimentsPage</name>
    <message>
        <source>Experiments</source>
        <translation>实验</translation>
    </message>
    <message>
        <source>Resume</source>
        <translation>继续</translation>
    </message>
    <message>
        <source>Pause</source>
        <translation>暂停</translation>
    </message>
    <message numerus="yes">
        <source>%Ln run(s)</source>
        <translation>
            <numerusform>%Ln 个运行</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln finished</source>
        <comment>runs</comment>
        <translation>
            <numerusform>%Ln 个已完成</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln waiting</source>
        <comment>runs</comment>
        <translation>
            <numerusform>%Ln 个等待中</numerusform>
        </translation>
    </message>
    <message>
        <source>Nothing has run yet: choose a method and press Run.</source>
        <translation>还没有运行过：请选择方法并按“运行”。</translation>
    </message>
    <message>
        <source>Run</source>
        <translation>运行</translation>
    </message>
    <message>
        <source>Train this spec</source>
        <translation>训练此规格</translation>
    </message>
    <message>
        <source>Add controls</source>
        <translation>添加对照</translation>
    </message>
    <message>
        <source>Run popularity and bias on the same split, and the same with shuffled knowledge</source>
        <translation>在相同划分上运行 popularity 和 bias，以及打乱知识的同一方法</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>取消</translation>
    </message>
    <message>
        <source>Stop the selected runs; their curves are kept</source>
        <translation>停止所选运行；其曲线会保留</translation>
    </message>
    <message>
        <source>Run again</source>
        <translation>重新运行</translation>
    </message>
    <message>
        <source>Put interrupted, cancelled or failed runs into the queue again</source>
        <translation>将已中断、已取消或失败的运行重新排队</translation>
    </message>
    <message>
        <source>Edit as new</source>
        <translation>编辑为新规格</translation>
    </message>
    <message>
        <source>Take the selected run&apos;s spec into the form</source>
        <translation>把所选运行的规格载入表单</translation>
    </message>
    <message>
        <source>Rename</source>
        <translation>重命名</translation>
    </message>
    <message>
        <source>Compare</source>
        <translation>对比</translation>
    </message>
    <message>
        <source>Compare the selected runs</source>
        <translation>对比所选运行</translation>
    </message>
    <message>
        <source>Delete</source>
        <translation>删除</translation>
    </message>
    <message>
        <source>Delete the selected runs; can be undone</source>
        <translation>删除所选运行；可以撤销</translation>
    </message>
    <message>
        <source>No experiment without data</source>
        <translation>没有数据就没有实验</translation>
    </message>
    <message>
        <source>Import the ratings of one or several domains first; then choose a method here and watch it learn.</source>
        <translation>请先导入一个或多个领域的评分；然后在这里选择方法，观察它的学习过程。</translation>
    </message>
    <message>
        <source>Extract knowledge</source>
        <translation>提取知识</translation>
    </message>
    <message>
        <source>%1 failed. %2</source>
        <comment>a run, the reason and what to do</comment>
        <translation>%1 失败。%2</translation>
    </message>
    <message>
        <source>Edit its spec</source>
        <translation>编辑它的规格</translation>
    </message>
    <message>
        <source>Columns of the experiments</source>
        <translation>实验表的列</translation>
    </message>
    <message>
        <source>Choose which columns the table of experiments shows</source>
        <translation>选择实验表显示哪些列</translation>
    </message>
    <message>
        <source>Go to Data</source>
        <translation>前往“数据”</translation>
    </message>
    <message>
        <source>Filter experiments</source>
        <translation>筛选实验</translation>
    </message>
    <message>
        <source>Show only experiments whose name, method, note or state holds some words</source>
        <translation>仅显示名称、方法、备注或状态中含有所输词语的实验</translation>
    </message>
</context>
<context>
    <name>transept::ui::ExtractionJobs</name>
    <message>
        <source>%1: %2 items with knowledge, %3 without, %4 failed, %5 tokens spent.</source>
        <translation>%1：%2 个物品有知识，%3 个没有，%4 个失败，用去 %5 个词元。</translation>
    </message>
    <message>
        <source>New among them: %1.</source>
        <translation>其中新增：%1。</translation>
    </message>
    <message>
        <source>Rows of the file that could not be taken: %1. %2</source>
        <comment>a count, what is wrong with the first</comment>
        <translation>文件中无法采用的行：%1。%2</translation>
    </message>
    <message>
        <source>Texts that were too long for the model and were cut: %1.</source>
        <translation>因超出模型长度而被截短的文本：%1。</translation>
    </message>
    <message>
        <source>The budget is used up.</source>
        <translation>预算已用完。</translation>
    </message>
    <message>
        <source>Extracting %1</source>
        <translation>正在提取 %1</translation>
    </message>
    <message>
        <source>Go on</source>
        <translation>继续</translation>
    </message>
    <message>
        <source>Try the rest again</source>
        <translation>重试其余物品</translation>
    </message>
</context>
<context>
    <name>transept::ui::ExtractionPanel</name>
    <message>
        <source>%1 (%2)</source>
        <comment>title of an extractor, its short name</comment>
        <translation>%1（%2）</translation>
    </message>
    <message>
        <source>title</source>
        <translation>标题</translation>
    </message>
    <message numerus="yes">
        <source>%1 (%Ln item(s))</source>
        <comment>name of a field</comment>
        <translation>
            <numerusform>%1（%Ln 个物品）</numerusform>
        </translation>
    </message>
    <message>
        <source>Extract knowledge</source>
        <translation>提取知识</translation>
    </message>
    <message>
        <source>Extractor</source>
        <translation>提取器</translation>
    </message>
    <message>
        <source>Name</source>
        <translation>名称</translation>
    </message>
    <message>
        <source>Domains</source>
        <translation>领域</translation>
    </message>
    <message>
        <source>Fields</source>
        <translation>字段</translation>
    </message>
    <message>
        <source>None chosen: the title and every field that is no popularity figure.</source>
        <translation>未选择：使用标题和所有非热门度数字的字段。</translation>
    </message>
    <message>
        <source>Use the lexical extractor, which needs no server</source>
        <translation>使用不需要服务器的 lexical 提取器</translation>
    </message>
    <message>
        <source>Start</source>
        <translation>开始</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>关闭</translation>
    </message>
    <message>
        <source>None chosen: the title and all fields that are texts.</source>
        <translation>未选择时：使用标题和所有文本字段。</translation>
    </message>
    <message>
        <source>Trying %1 calls</source>
        <translation>正在试发 %1 个请求</translation>
    </message>
    <message>
        <source>Finding out what the server can do…</source>
        <translation>正在了解服务器的能力…</translation>
    </message>
    <message>
        <source>What can it do?</source>
        <translation>它能做什么？</translation>
    </message>
    <message>
        <source>Finds out with a few very short requests what the server can do with this model</source>
        <translation>用几个很短的请求了解服务器用该模型能做什么</translation>
    </message>
    <message>
        <source>Try %1 calls</source>
        <translation>试发 %1 个请求</translation>
    </message>
    <message>
        <source>Judges tokens, money and time by real calls; their replies are kept, so none is paid for twice</source>
        <translation>用真实请求估计词元、金额和时间；回复会保留，因此不会重复付费</translation>
    </message>
    <message>
        <source>A setting does not fit: it is marked in the form.</source>
        <translation>有设置不合适：已在表单中标出。</translation>
    </message>
    <message>
        <source>The budget does not fit: it is marked below the form.</source>
        <translation>预算无效：已在表单下方标出。</translation>
    </message>
</context>
<context>
    <name>transept::ui::FacetFilterBar</name>
    <message>
        <source>all domains</source>
        <translation>所有领域</translation>
    </message>
    <message>
        <source>all facets</source>
        <translation>所有方面</translation>
    </message>
    <message>
        <source>compare with what was imported</source>
        <translation>与导入的内容比较</translation>
    </message>
    <message>
        <source>compare with %1</source>
        <comment>name of a knowledge base</comment>
        <translation>与 %1 比较</translation>
    </message>
    <message>
        <source>compare with no other</source>
        <translation>不与其他比较</translation>
    </message>
    <message>
        <source>Imported</source>
        <comment>what stood in the files</comment>
        <translation>导入的</translation>
    </message>
    <message>
        <source>Find in texts</source>
        <translation>在文本中查找</translation>
    </message>
    <message>
        <source>Find facets by their text</source>
        <translation>按文本查找方面</translation>
    </message>
    <message>
        <source>Item</source>
        <translation>物品</translation>
    </message>
    <message>
        <source>Find facets by title or id of the item</source>
        <translation>按物品的标题或 id 查找方面</translation>
    </message>
    <message>
        <source>Domain of the items</source>
        <translation>物品的领域</translation>
    </message>
    <message>
        <source>Name of the facets</source>
        <translation>方面的名称</translation>
    </message>
    <message>
        <source>Knowledge base to compare with</source>
        <translation>用来比较的知识库</translation>
    </message>
    <message>
        <source>Edited</source>
        <translation>已编辑</translation>
    </message>
    <message>
        <source>Only facets that somebody changed, struck out or added</source>
        <translation>仅显示有人修改、划去或添加过的方面</translation>
    </message>
    <message>
        <source>Conflicts</source>
        <translation>冲突</translation>
    </message>
    <message>
        <source>Only facets of which both sources say something and nothing in common; without another one, those of which an item has two such texts where hardly any other item has two</source>
        <translation>仅显示两个来源都有说法却毫无共同之处的方面；没有另一来源时，显示某物品有两个这样的文本、而几乎没有其他物品有两个的方面</translation>
    </message>
</context>
<context>
    <name>transept::ui::FacetModel</name>
    <message>
        <source>Facet</source>
        <translation>方面</translation>
    </message>
    <message>
        <source>Text</source>
        <translation>文本</translation>
    </message>
    <message>
        <source>Weight</source>
        <translation>权重</translation>
    </message>
</context>
<context>
    <name>transept::ui::FacetReviewCard</name>
    <message>
        <source>judge facet</source>
        <translation>判断方面</translation>
    </message>
    <message>
        <source>True</source>
        <comment>verdict</comment>
        <translation>正确</translation>
    </message>
    <message>
        <source>False</source>
        <comment>verdict</comment>
        <translation>错误</translation>
    </message>
    <message>
        <source>Empty</source>
        <comment>verdict</comment>
        <translation>空洞</translation>
    </message>
    <message>
        <source>%1: %2 of %3, %4 (95 % interval: %5 to %6)</source>
        <comment>verdict, count, marked, share, interval</comment>
        <translation>%1：%3 个中有 %2 个，%4（95% 区间：%5 至 %6）</translation>
    </message>
    <message>
        <source>Choose a finished knowledge base above to judge its facets.</source>
        <translation>请在上方选择已完成的知识库以判断其方面。</translation>
    </message>
    <message>
        <source>Drawing facets…</source>
        <translation>正在抽取方面…</translation>
    </message>
    <message>
        <source>This knowledge base has no facets to judge; it holds vectors alone.</source>
        <translation>该知识库没有可判断的方面，只有向量。</translation>
    </message>
    <message>
        <source>Facet %1 of %2; %3 judged</source>
        <translation>第 %1 个方面，共 %2 个；已判断 %3 个</translation>
    </message>
    <message>
        <source>All %1 facets are judged.</source>
        <translation>%1 个方面已全部判断。</translation>
    </message>
    <message>
        <source>%1 of %2 facets are judged.</source>
        <translation>%2 个方面中已判断 %1 个。</translation>
    </message>
    <message>
        <source>Blind review</source>
        <translation>盲评</translation>
    </message>
    <message>
        <source>True (T)</source>
        <translation>正确 (T)</translation>
    </message>
    <message>
        <source>False (F)</source>
        <translation>错误 (F)</translation>
    </message>
    <message>
        <source>Empty (E)</source>
        <translation>空洞 (E)</translation>
    </message>
    <message>
        <source>What the facet says is so of this item</source>
        <translation>该方面所说与此物品相符</translation>
    </message>
    <message>
        <source>What the facet says is not so of this item</source>
        <translation>该方面所说与此物品不符</translation>
    </message>
    <message>
        <source>The facet says nothing about this item</source>
        <translation>该方面没有说明此物品的任何内容</translation>
    </message>
    <message>
        <source>The facet before (Left)</source>
        <translation>上一个方面（左箭头）</translation>
    </message>
    <message>
        <source>The next facet (Right)</source>
        <translation>下一个方面（右箭头）</translation>
    </message>
    <message>
        <source>Undo the last verdict</source>
        <translation>撤销上一个判断</translation>
    </message>
</context>
<context>
    <name>transept::ui::FacetTableModel</name>
    <message>
        <source>extracted</source>
        <translation>提取</translation>
    </message>
    <message>
        <source>struck out</source>
        <translation>已划去</translation>
    </message>
    <message>
        <source>edited</source>
        <translation>已编辑</translation>
    </message>
    <message>
        <source>added</source>
        <translation>已添加</translation>
    </message>
    <message>
        <source>only the other</source>
        <translation>仅另一方</translation>
    </message>
    <message>
        <source>%1
Extracted: %2</source>
        <translation>%1
提取的：%2</translation>
    </message>
    <message>
        <source>Struck out</source>
        <translation>已划去</translation>
    </message>
    <message>
        <source>%1
In conflict: nothing in common</source>
        <translation>%1
冲突：没有共同之处</translation>
    </message>
    <message>
        <source>Item</source>
        <translation>物品</translation>
    </message>
    <message>
        <source>Domain</source>
        <translation>领域</translation>
    </message>
    <message>
        <source>Facet</source>
        <translation>方面</translation>
    </message>
    <message>
        <source>Text</source>
        <translation>文本</translation>
    </message>
    <message>
        <source>Weight</source>
        <translation>权重</translation>
    </message>
    <message>
        <source>Source</source>
        <comment>of a text: extracted or by a person</comment>
        <translation>来源</translation>
    </message>
</context>
<context>
    <name>transept::ui::FacetTableView</name>
    <message>
        <source>edit facet</source>
        <translation>编辑方面</translation>
    </message>
    <message>
        <source>Choose a knowledge base above to look at its facets.</source>
        <translation>请在上方选择一个知识库以查看其方面。</translation>
    </message>
    <message>
        <source>Reading the facets…</source>
        <translation>正在读取方面…</translation>
    </message>
    <message>
        <source>No facet is like that. Search for less, or show all.</source>
        <translation>没有这样的方面。请减少搜索内容，或显示全部。</translation>
    </message>
    <message>
        <source>This knowledge base has no facets of items.</source>
        <translation>此知识库没有物品的方面。</translation>
    </message>
    <message numerus="yes">
        <source>%Ln facet(s)</source>
        <translation>
            <numerusform>%Ln 条方面</numerusform>
        </translation>
    </message>
    <message>
        <source>Counting the facets…</source>
        <translation>正在统计方面…</translation>
    </message>
    <message>
        <source>strike facet out</source>
        <translation>划去方面</translation>
    </message>
    <message>
        <source>restore facet</source>
        <translation>还原方面</translation>
    </message>
    <message>
        <source>add facet</source>
        <translation>添加方面</translation>
    </message>
    <message>
        <source>The text %1 has no vector until the facets are embedded anew.</source>
        <translation>在重新嵌入方面之前，文本“%1”没有向量。</translation>
    </message>
    <message>
        <source>Facets</source>
        <translation>方面</translation>
    </message>
    <message>
        <source>A run was trained with this knowledge base, so it stays as it is. Edit a copy.</source>
        <translation>已有运行用此知识库训练过，因此它保持不变。请编辑副本。</translation>
    </message>
    <message>
        <source>Copy…</source>
        <translation>复制…</translation>
    </message>
    <message>
        <source>Make a copy of the knowledge base that can be edited</source>
        <translation>为此知识库制作可编辑的副本</translation>
    </message>
    <message>
        <source>Edit</source>
        <translation>编辑</translation>
    </message>
    <message>
        <source>Write another text for the facet; can be undone</source>
        <translation>为方面改写文本；可撤销</translation>
    </message>
    <message>
        <source>Strike out</source>
        <translation>划去</translation>
    </message>
    <message>
        <source>The facet no longer holds; can be undone</source>
        <translation>此方面不再成立；可撤销</translation>
    </message>
    <message>
        <source>As extracted</source>
        <translation>还原为提取内容</translation>
    </message>
    <message>
        <source>Give the facet back the text that was extracted</source>
        <translation>把方面恢复为提取时的文本</translation>
    </message>
    <message>
        <source>Add…</source>
        <translation>添加…</translation>
    </message>
    <message>
        <source>Add a facet to the item</source>
        <translation>为此物品添加方面</translation>
    </message>
    <message>
        <source>Item…</source>
        <translation>物品…</translation>
    </message>
    <message>
        <source>All that is known of the item, with its sources (Enter)</source>
        <translation>关于此物品的全部已知信息及其来源（回车）</translation>
    </message>
    <message>
        <source>Figures of each facet</source>
        <translation>每个方面的数字</translation>
    </message>
    <message>
        <source>Vocabulary</source>
        <translation>词汇</translation>
    </message>
    <message>
        <source>Figures</source>
        <translation>数字</translation>
    </message>
</context>
<context>
    <name>transept::ui::FailureModel</name>
    <message>
        <source>Item</source>
        <translation>物品</translation>
    </message>
    <message>
        <source>Why it failed</source>
        <translation>失败原因</translation>
    </message>
    <message>
        <source>Attempts</source>
        <translation>尝试次数</translation>
    </message>
    <message>
        <source>Reply</source>
        <translation>回复</translation>
    </message>
</context>
<context>
    <name>transept::ui::FileCard</name>
    <message numerus="yes">
        <source>All %n row(s) of the file</source>
        <translation>
            <numerusform>文件的全部 %n 行</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>The first %n row(s) of the file</source>
        <translation>
            <numerusform>文件的前 %n 行</numerusform>
        </translation>
    </message>
    <message>
        <source>Nothing of this file can be shown.</source>
        <translation>此文件没有可显示的内容。</translation>
    </message>
    <message>
        <source>folded</source>
        <translation>已折叠</translation>
    </message>
    <message>
        <source>unfolded</source>
        <translation>已展开</translation>
    </message>
    <message>
        <source>Format</source>
        <translation>格式</translation>
    </message>
    <message>
        <source>Show or fold how the file is read</source>
        <translation>展开或折叠文件的读取方式</translation>
    </message>
    <message>
        <source>First rows of the file</source>
        <translation>文件的前几行</translation>
    </message>
</context>
<context>
    <name>transept::ui::FileDialogs</name>
    <message>
        <source>Tables and text (*.csv *.tsv *.dat *.txt *.inter *.item *.user *.json *.gz);;All files (*)</source>
        <translation>表格和文本 (*.csv *.tsv *.dat *.txt *.inter *.item *.user *.json *.gz);;所有文件 (*)</translation>
    </message>
</context>
<context>
    <name>transept::ui::FileField</name>
    <message>
        <source>All files (*)</source>
        <translation>所有文件 (*)</translation>
    </message>
    <message>
        <source>Path of a file; it can be dropped here</source>
        <translation>文件路径；可拖放到此处</translation>
    </message>
    <message>
        <source>Choose a file…</source>
        <translation>选择文件…</translation>
    </message>
</context>
<context>
    <name>transept::ui::FindingCard</name>
    <message>
        <source>Looking for what the figures do not say…</source>
        <translation>正在检查这些数字背后的问题…</translation>
    </message>
    <message>
        <source>Nothing speaks against these figures: there are controls, repetitions and a validation part, and no leak was found.</source>
        <translation>没有发现对这些数字不利的问题：有对照、重复实验和验证部分，也没有发现泄漏。</translation>
    </message>
    <message>
        <source>Findings</source>
        <translation>审查结果</translation>
    </message>
    <message>
        <source>%1: %2</source>
        <comment>names of runs, a finding</comment>
        <translation>%1：%2</translation>
    </message>
</context>
<context>
    <name>transept::ui::FormatForm</name>
    <message>
        <source>Kind of file</source>
        <translation>文件类型</translation>
    </message>
    <message>
        <source>Layout</source>
        <translation>布局</translation>
    </message>
    <message>
        <source>Encoding</source>
        <translation>编码</translation>
    </message>
    <message>
        <source>Delimiter</source>
        <translation>分隔符</translation>
    </message>
    <message>
        <source>Quote</source>
        <translation>引号</translation>
    </message>
    <message>
        <source>First line names the columns</source>
        <translation>第一行是列名</translation>
    </message>
    <message>
        <source>Compressed (gzip)</source>
        <translation>已压缩（gzip）</translation>
    </message>
    <message>
        <source>Repair rows cut at HTML entities</source>
        <translation>修复在 HTML 实体处被切断的行</translation>
    </message>
    <message>
        <source>Choose one, or type any other single character</source>
        <translation>请选择，或输入任意其他单个字符</translation>
    </message>
    <message>
        <source>none of the known</source>
        <translation>不是已知的格式</translation>
    </message>
    <message>
        <source>Kind of file (detected)</source>
        <translation>文件种类（检测所得）</translation>
    </message>
</context>
<context>
    <name>transept::ui::FoundItemModel</name>
    <message>
        <source>%1 (%2)</source>
        <comment>title, id</comment>
        <translation>%1（%2）</translation>
    </message>
</context>
<context>
    <name>transept::ui::GroupChart</name>
    <message>
        <source>%1, %2: %3</source>
        <comment>a group, the name of a series, its value</comment>
        <translation>%1，%2：%3</translation>
    </message>
    <message>
        <source>group</source>
        <translation>分组</translation>
    </message>
</context>
<context>
    <name>transept::ui::HistoryModel</name>
    <message>
        <source>%1 (%2)</source>
        <comment>domain, number of interactions</comment>
        <translation>%1（%2）</translation>
    </message>
    <message>
        <source>History</source>
        <translation>历史</translation>
    </message>
    <message>
        <source>Value</source>
        <translation>数值</translation>
    </message>
    <message>
        <source>Date</source>
        <translation>日期</translation>
    </message>
    <message>
        <source>%1, %2</source>
        <comment>title, date</comment>
        <translation>%1，%2</translation>
    </message>
</context>
<context>
    <name>transept::ui::ImportModel</name>
    <message>
        <source>deleted</source>
        <translation>已删除</translation>
    </message>
    <message>
        <source>File</source>
        <translation>文件</translation>
    </message>
    <message>
        <source>Rows are</source>
        <translation>行的内容</translation>
    </message>
    <message>
        <source>Domain</source>
        <translation>领域</translation>
    </message>
    <message>
        <source>State</source>
        <translation>状态</translation>
    </message>
    <message>
        <source>Read</source>
        <translation>读取</translation>
    </message>
    <message>
        <source>Imported</source>
        <translation>导入</translation>
    </message>
    <message>
        <source>Rejected</source>
        <translation>拒绝</translation>
    </message>
    <message>
        <source>Skipped</source>
        <translation>跳过</translation>
    </message>
    <message>
        <source>Started</source>
        <translation>已开始</translation>
    </message>
</context>
<context>
    <name>transept::ui::ImportNews</name>
    <message numerus="yes">
        <source>%n file(s)</source>
        <comment>that were imported</comment>
        <translation>
            <numerusform>%n 个文件</numerusform>
        </translation>
    </message>
    <message>
        <source>Show rejected rows</source>
        <translation>查看被拒绝的行</translation>
    </message>
    <message>
        <source>%1: %2 rows read = %3 imported + %4 rejected + %5 skipped, in %6.</source>
        <translation>%1：读取 %2 行 = 导入 %3 + 拒绝 %4 + 跳过 %5，用时 %6。</translation>
    </message>
    <message>
        <source>The import of %1 was stopped. What was read is kept, and it can go on from there.</source>
        <translation>%1 的导入已停止。已读入的内容均已保留，可以从那里继续。</translation>
    </message>
    <message>
        <source>Show imports</source>
        <translation>查看导入</translation>
    </message>
</context>
<context>
    <name>transept::ui::ImportPanel</name>
    <message>
        <source>Where the rows go</source>
        <translation>行的去向</translation>
    </message>
    <message>
        <source>Import this file</source>
        <translation>导入此文件</translation>
    </message>
    <message>
        <source>Leave out</source>
        <translation>忽略</translation>
    </message>
    <message>
        <source>Do not import this file</source>
        <translation>不导入此文件</translation>
    </message>
    <message>
        <source>Files to import</source>
        <translation>要导入的文件</translation>
    </message>
    <message>
        <source>Stopped at %1, which needs a decision: see below.</source>
        <translation>已停在 %1：它需要您决定，见下方。</translation>
    </message>
    <message>
        <source>Stopped, because %1 was not imported.</source>
        <translation>已停止，因为 %1 未能导入。</translation>
    </message>
    <message>
        <source>Stop after this file</source>
        <translation>导入完此文件后停止</translation>
    </message>
    <message numerus="yes">
        <source>Import all %n files</source>
        <translation>
            <numerusform>导入全部 %n 个文件</numerusform>
        </translation>
    </message>
    <message>
        <source>Imports each file as proposed, and stops at the first that needs a decision</source>
        <translation>按建议逐个导入文件，遇到第一个需要决定的文件就停下</translation>
    </message>
    <message>
        <source>Importing %1; the file shown is next.</source>
        <translation>正在导入 %1，接着导入下面显示的文件。</translation>
    </message>
</context>
<context>
    <name>transept::ui::ImportQueue</name>
    <message>
        <source>Importing %1</source>
        <translation>正在导入 %1</translation>
    </message>
</context>
<context>
    <name>transept::ui::ImportsView</name>
    <message>
        <source>Rejected rows</source>
        <translation>被拒绝的行</translation>
    </message>
    <message>
        <source>Rejected rows of %1</source>
        <translation>%1 中被拒绝的行</translation>
    </message>
    <message>
        <source>Choose an import to see what it rejected.</source>
        <translation>选择一次导入以查看它拒绝了什么。</translation>
    </message>
    <message>
        <source>No row of this file was rejected.</source>
        <translation>此文件没有被拒绝的行。</translation>
    </message>
    <message>
        <source>Imports</source>
        <translation>导入</translation>
    </message>
</context>
<context>
    <name>transept::ui::InteractionModel</name>
    <message>
        <source>User</source>
        <translation>用户</translation>
    </message>
    <message>
        <source>Item</source>
        <translation>物品</translation>
    </message>
    <message>
        <source>Title</source>
        <translation>标题</translation>
    </message>
    <message>
        <source>Value</source>
        <translation>数值</translation>
    </message>
    <message>
        <source>Time</source>
        <translation>用时</translation>
    </message>
    <message>
        <source>Part</source>
        <translation>部分</translation>
    </message>
    <message>
        <source>Line</source>
        <comment>line of the imported file</comment>
        <translation>行</translation>
    </message>
</context>
<context>
    <name>transept::ui::InteractionView</name>
    <message numerus="yes">
        <source>%Ln interaction(s)</source>
        <translation>
            <numerusform>%Ln 条交互</numerusform>
        </translation>
    </message>
    <message>
        <source>This domain has no interactions yet. Import some.</source>
        <translation>该领域还没有交互。请先导入。</translation>
    </message>
    <message>
        <source>No interaction has exactly this user and item.</source>
        <translation>没有与此用户和物品完全匹配的交互。</translation>
    </message>
    <message>
        <source>User</source>
        <translation>用户</translation>
    </message>
    <message>
        <source>Show the interactions of this user only</source>
        <translation>仅显示此用户的交互</translation>
    </message>
    <message>
        <source>The id of a user, exactly as it was imported</source>
        <translation>用户的标识，与导入时完全一致</translation>
    </message>
    <message>
        <source>Item</source>
        <translation>物品</translation>
    </message>
    <message>
        <source>Show the interactions with this item only</source>
        <translation>仅显示与此物品的交互</translation>
    </message>
    <message>
        <source>The id of an item, exactly as it was imported</source>
        <translation>物品的标识，与导入时完全一致</translation>
    </message>
    <message>
        <source>Go to row</source>
        <translation>跳到行</translation>
    </message>
    <message>
        <source>Interactions</source>
        <translation>交互</translation>
    </message>
</context>
<context>
    <name>transept::ui::ItemFactsView</name>
    <message>
        <source>Facets of the chosen item</source>
        <translation>所选物品的方面</translation>
    </message>
    <message>
        <source>Items nearest to the chosen one</source>
        <translation>与所选物品最接近的物品</translation>
    </message>
</context>
<context>
    <name>transept::ui::ItemFinder</name>
    <message numerus="yes">
        <source>%Ln lassoed items, the first %1 of them</source>
        <translation>
            <numerusform>圈选了 %Ln 个物品，此处为前 %1 个</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln lassoed item(s)</source>
        <translation>
            <numerusform>圈选了 %Ln 个物品</numerusform>
        </translation>
    </message>
    <message>
        <source>Domain of the items</source>
        <translation>物品所属领域</translation>
    </message>
    <message>
        <source>Find an item by title or id</source>
        <translation>按标题或标识查找物品</translation>
    </message>
    <message>
        <source>Items</source>
        <translation>物品</translation>
    </message>
    <message>
        <source>Show all items again (Escape on the map)</source>
        <translation>重新显示全部物品（在地图上按 Esc）</translation>
    </message>
    <message>
        <source>Let the lassoed items go</source>
        <translation>取消圈选</translation>
    </message>
</context>
<context>
    <name>transept::ui::ItemMapView</name>
    <message>
        <source>Placing the items…</source>
        <translation>正在排布物品…</translation>
    </message>
    <message>
        <source>none</source>
        <comment>items without a value</comment>
        <translation>无</translation>
    </message>
    <message>
        <source>others</source>
        <comment>groups of the map</comment>
        <translation>其他</translation>
    </message>
    <message>
        <source>No vectors yet: the map shows items once a knowledge base has them.</source>
        <translation>还没有向量：知识库有向量后，这里会显示物品分布图。</translation>
    </message>
    <message>
        <source>Arranging the map by neighbourhoods</source>
        <translation>正在按邻域排布地图</translation>
    </message>
    <message>
        <source>Map of the items</source>
        <translation>物品分布图</translation>
    </message>
    <message>
        <source>Principal components</source>
        <translation>主成分</translation>
    </message>
    <message>
        <source>Neighbourhoods (t-SNE)</source>
        <translation>邻域（t-SNE）</translation>
    </message>
    <message>
        <source>How the map is arranged</source>
        <translation>地图的排布方式</translation>
    </message>
    <message>
        <source>Arranging…</source>
        <translation>正在排布…</translation>
    </message>
    <message>
        <source>Lasso items by dragging; Ctrl and dragging does so at any time, and Ctrl+A on the map selects what is in view</source>
        <translation>拖动以圈选物品；按住 Ctrl 拖动随时可以圈选，在地图上按 Ctrl+A 选择可见的全部物品</translation>
    </message>
    <message>
        <source>Lasso items</source>
        <translation>圈选物品</translation>
    </message>
</context>
<context>
    <name>transept::ui::ItemModel</name>
    <message>
        <source>Item</source>
        <translation>物品</translation>
    </message>
    <message>
        <source>Title</source>
        <translation>标题</translation>
    </message>
    <message>
        <source>Interactions</source>
        <translation>交互</translation>
    </message>
    <message>
        <source>Fields</source>
        <translation>字段</translation>
    </message>
</context>
<context>
    <name>transept::ui::ItemPageDialog</name>
    <message>
        <source>its own</source>
        <translation>自有</translation>
    </message>
    <message>
        <source>of the same text</source>
        <translation>与相同文本共用</translation>
    </message>
    <message>
        <source>true</source>
        <comment>verdict</comment>
        <translation>真</translation>
    </message>
    <message>
        <source>false</source>
        <comment>verdict</comment>
        <translation>假</translation>
    </message>
    <message>
        <source>empty</source>
        <comment>verdict</comment>
        <translation>空</translation>
    </message>
    <message>
        <source>By the extractor %1.</source>
        <translation>由提取器 %1 得出。</translation>
    </message>
    <message>
        <source>By the extractor %1 from the model %2.</source>
        <translation>由提取器 %1 通过模型 %2 得出。</translation>
    </message>
    <message>
        <source>The item has a vector.</source>
        <translation>此物品有向量。</translation>
    </message>
    <message>
        <source>The item has no vector.</source>
        <translation>此物品没有向量。</translation>
    </message>
    <message numerus="yes">
        <source>%Ln weighted word(s).</source>
        <translation>
            <numerusform>%Ln 个带权重的词。</numerusform>
        </translation>
    </message>
    <message>
        <source>It failed: %1</source>
        <comment>an extraction; why</comment>
        <translation>失败：%1</translation>
    </message>
    <message>
        <source>Facet</source>
        <translation>方面</translation>
    </message>
    <message>
        <source>Text</source>
        <translation>文本</translation>
    </message>
    <message>
        <source>Source</source>
        <translation>来源</translation>
    </message>
    <message>
        <source>Extracted</source>
        <translation>提取的</translation>
    </message>
    <message>
        <source>Vector</source>
        <translation>向量</translation>
    </message>
    <message>
        <source>Verdict</source>
        <translation>评判</translation>
    </message>
    <message>
        <source>What was extracted, where a person changed it</source>
        <translation>人工修改之处原先提取的内容</translation>
    </message>
    <message>
        <source>An edited text that no other facet has gets a vector once the facets are embedded anew</source>
        <translation>其他方面都没有的编辑文本，在重新嵌入方面后才有向量</translation>
    </message>
    <message>
        <source>Of the review of drawn facets</source>
        <translation>来自对抽样方面的评审</translation>
    </message>
    <message>
        <source>Facets by %1</source>
        <translation>%1 的方面</translation>
    </message>
    <message>
        <source>Reply of the model</source>
        <translation>模型的回复</translation>
    </message>
    <message>
        <source>Looking for the reply…</source>
        <translation>正在查找回复…</translation>
    </message>
    <message>
        <source>No reply of the model is kept.</source>
        <translation>没有保存模型的回复。</translation>
    </message>
    <message>
        <source>only seen in interactions</source>
        <comment>where an item comes from</comment>
        <translation>仅见于交互</translation>
    </message>
    <message>
        <source>described in %1, line %2</source>
        <translation>记于 %1 第 %2 行</translation>
    </message>
    <message>
        <source>%1, id %2, %3; %4 interactions</source>
        <comment>domain, id, source, number</comment>
        <translation>%1，id %2，%3；%4 次交互</translation>
    </message>
    <message>
        <source>Field</source>
        <translation>字段</translation>
    </message>
    <message>
        <source>Value</source>
        <translation>值</translation>
    </message>
    <message>
        <source>Fields of the item</source>
        <translation>物品的字段</translation>
    </message>
    <message>
        <source>Knowledge bases</source>
        <translation>知识库</translation>
    </message>
    <message>
        <source>No knowledge base says anything of this item.</source>
        <translation>没有知识库提到此物品。</translation>
    </message>
    <message>
        <source>Item</source>
        <translation>物品</translation>
    </message>
</context>
<context>
    <name>transept::ui::ItemView</name>
    <message>
        <source>This domain has no items yet. Import interactions or descriptions of items.</source>
        <translation>该领域还没有物品。请导入交互或物品描述。</translation>
    </message>
    <message>
        <source>No id and no title contains this text.</source>
        <translation>没有标识或标题包含此文本。</translation>
    </message>
    <message>
        <source>Search ids and titles</source>
        <translation>搜索标识和标题</translation>
    </message>
    <message>
        <source>Search ids and titles of items</source>
        <translation>搜索物品的标识和标题</translation>
    </message>
    <message>
        <source>Double-click an item to see its interactions.</source>
        <translation>双击物品可查看其交互。</translation>
    </message>
    <message>
        <source>Items</source>
        <translation>物品</translation>
    </message>
    <message>
        <source>None of the lassoed items is of this domain.</source>
        <translation>圈选的物品中没有此领域的。</translation>
    </message>
</context>
<context>
    <name>transept::ui::Job</name>
    <message>
        <source>Started</source>
        <translation>已开始</translation>
    </message>
    <message>
        <source>%1 of %2</source>
        <translation>%1 / %2</translation>
    </message>
    <message>
        <source>%1, %2</source>
        <comment>what a job is doing, how far it is</comment>
        <translation>%1，%2</translation>
    </message>
    <message>
        <source>Paused</source>
        <translation>已暂停</translation>
    </message>
    <message>
        <source>Resumed</source>
        <translation>已继续</translation>
    </message>
    <message>
        <source>Asked to stop</source>
        <translation>已请求停止</translation>
    </message>
    <message>
        <source>Finished after %1</source>
        <translation>完成，用时 %1</translation>
    </message>
</context>
<context>
    <name>transept::ui::JobModel</name>
    <message>
        <source>stopping</source>
        <translation>正在停止</translation>
    </message>
    <message>
        <source>Job</source>
        <translation>任务</translation>
    </message>
    <message>
        <source>State</source>
        <translation>状态</translation>
    </message>
    <message>
        <source>What it is doing</source>
        <translation>进展</translation>
    </message>
    <message>
        <source>Time</source>
        <translation>用时</translation>
    </message>
</context>
<context>
    <name>transept::ui::JobPanel</name>
    <message>
        <source>Resume</source>
        <translation>继续</translation>
    </message>
    <message>
        <source>Pause</source>
        <translation>暂停</translation>
    </message>
    <message>
        <source>Jobs</source>
        <translation>任务</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>取消</translation>
    </message>
    <message>
        <source>Clear finished</source>
        <translation>清除已完成的任务</translation>
    </message>
    <message>
        <source>Log of the chosen job</source>
        <translation>所选任务的日志</translation>
    </message>
    <message>
        <source>Choose a job to read its log.</source>
        <translation>选择一个任务以查看其日志。</translation>
    </message>
</context>
<context>
    <name>transept::ui::JobStrip</name>
    <message>
        <source>%1, %2</source>
        <comment>two figures: jobs, runs</comment>
        <translation>%1，%2</translation>
    </message>
    <message numerus="yes">
        <source>%n more running</source>
        <translation>
            <numerusform>另有 %n 项正在运行</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n more in the queue</source>
        <translation>
            <numerusform>队列中还有 %n 项</numerusform>
        </translation>
    </message>
    <message>
        <source>Hide the list of jobs</source>
        <translation>隐藏任务列表</translation>
    </message>
    <message>
        <source>Show the list of jobs and their logs</source>
        <translation>显示任务列表及日志</translation>
    </message>
    <message>
        <source>Stopping…</source>
        <translation>正在停止…</translation>
    </message>
    <message>
        <source>Paused</source>
        <translation>已暂停</translation>
    </message>
    <message>
        <source>%1, %2 left</source>
        <translation>%1，剩余 %2</translation>
    </message>
    <message>
        <source>Resume</source>
        <translation>继续</translation>
    </message>
    <message>
        <source>Pause</source>
        <translation>暂停</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>取消</translation>
    </message>
    <message>
        <source>Nothing is running.</source>
        <translation>没有正在运行的任务。</translation>
    </message>
    <message>
        <source>Finished after %1</source>
        <translation>完成，用时 %1</translation>
    </message>
</context>
<context>
    <name>transept::ui::KeyField</name>
    <message>
        <source>The key comes from the environment variable %1.</source>
        <translation>密钥来自环境变量 %1。</translation>
    </message>
    <message>
        <source>Asking the keychain…</source>
        <translation>正在询问密钥环…</translation>
    </message>
    <message>
        <source>No keychain answers here. If the server wants a key, put it into an environment variable, name that as the key variable below, and start the program again.</source>
        <translation>这里没有密钥环应答。如果服务器需要密钥，请将其放入一个环境变量，在下面的密钥变量中写明它，然后重新启动程序。</translation>
    </message>
    <message>
        <source>No keychain answers here. If the server wants a key, put it into the environment variable %1 and start the program again.</source>
        <translation>这里没有密钥环应答。如果服务器需要密钥，请将其放入环境变量 %1，然后重新启动程序。</translation>
    </message>
    <message>
        <source>A key for this server is in the keychain.</source>
        <translation>密钥环中有此服务器的密钥。</translation>
    </message>
    <message>
        <source>No key for this server is in the keychain; many local servers want none.</source>
        <translation>密钥环中没有此服务器的密钥；许多本地服务器不需要。</translation>
    </message>
    <message>
        <source>Key of the server</source>
        <translation>服务器的密钥</translation>
    </message>
    <message>
        <source>Keep in the keychain</source>
        <translation>保存到密钥环</translation>
    </message>
    <message>
        <source>Remove</source>
        <translation>移除</translation>
    </message>
    <message>
        <source>Remove the key of this server from the keychain</source>
        <translation>从密钥环中移除此服务器的密钥</translation>
    </message>
</context>
<context>
    <name>transept::ui::KnowledgeModel</name>
    <message>
        <source>running</source>
        <translation>运行中</translation>
    </message>
    <message>
        <source>finished</source>
        <translation>已完成</translation>
    </message>
    <message>
        <source>interrupted</source>
        <translation>已中断</translation>
    </message>
    <message>
        <source>cancelled</source>
        <translation>已取消</translation>
    </message>
    <message>
        <source>failed</source>
        <translation>失败</translation>
    </message>
    <message>
        <source>Knowledge base</source>
        <translation>知识库</translation>
    </message>
    <message>
        <source>Extractor</source>
        <translation>提取器</translation>
    </message>
    <message>
        <source>State</source>
        <translation>状态</translation>
    </message>
    <message>
        <source>Items</source>
        <translation>物品</translation>
    </message>
    <message>
        <source>Dimensions</source>
        <translation>维数</translation>
    </message>
    <message>
        <source>Tokens</source>
        <translation>词元</translation>
    </message>
    <message>
        <source>frozen</source>
        <translation>已冻结</translation>
    </message>
    <message>
        <source>%1, copy of %2</source>
        <comment>a state, the name of a knowledge base</comment>
        <translation>%1，%2 的副本</translation>
    </message>
    <message>
        <source>The copy was not completed: delete it, and make it again.</source>
        <translation>副本未完成：请将其删除并重新制作。</translation>
    </message>
    <message>
        <source>A run was trained with it, so it stays as it is. Make a copy to add new items.</source>
        <translation>已有运行用它训练过，因此它保持不变。如需添加新物品，请制作副本。</translation>
    </message>
    <message>
        <source>%1, prompt %2</source>
        <comment>name of an extractor, of a saved prompt</comment>
        <translation>%1，提示词 %2</translation>
    </message>
</context>
<context>
    <name>transept::ui::KnowledgePage</name>
    <message>
        <source>Knowledge</source>
        <translation>知识</translation>
    </message>
    <message>
        <source>Nothing extracted yet.</source>
        <translation>还没有提取任何知识。</translation>
    </message>
    <message numerus="yes">
        <source>%Ln knowledge base(s)</source>
        <translation>
            <numerusform>%Ln 个知识库</numerusform>
        </translation>
    </message>
    <message>
        <source>Go on</source>
        <translation>继续</translation>
    </message>
    <message>
        <source>delete knowledge base</source>
        <translation>删除知识库</translation>
    </message>
    <message>
        <source>Extract…</source>
        <translation>提取…</translation>
    </message>
    <message>
        <source>Make a knowledge base from the items&apos; texts</source>
        <translation>从物品文本建立知识库</translation>
    </message>
    <message>
        <source>Go on with an unfinished extraction, or try failed items again</source>
        <translation>继续未完成的提取，或重试失败的物品</translation>
    </message>
    <message>
        <source>Delete knowledge base</source>
        <translation>删除知识库</translation>
    </message>
    <message>
        <source>Delete the chosen knowledge base; can be undone</source>
        <translation>删除所选知识库；可以撤销</translation>
    </message>
    <message>
        <source>Go to Data</source>
        <translation>前往数据</translation>
    </message>
    <message>
        <source>Knowledge bases</source>
        <translation>知识库</translation>
    </message>
    <message>
        <source>Items that failed</source>
        <translation>失败的物品</translation>
    </message>
    <message>
        <source>No knowledge without items</source>
        <translation>没有物品就没有知识</translation>
    </message>
    <message>
        <source>Import items with titles or descriptions first; what is learnt from their texts is shown here.</source>
        <translation>请先导入有标题或描述的物品；从其文本中学到的内容会显示在这里。</translation>
    </message>
    <message>
        <source>Items</source>
        <translation>物品</translation>
    </message>
    <message>
        <source>Is it any good?</source>
        <translation>质量如何？</translation>
    </message>
    <message>
        <source>Copy of %1</source>
        <translation>%1 的副本</translation>
    </message>
    <message>
        <source>Name of the copy</source>
        <translation>副本的名称</translation>
    </message>
    <message>
        <source>%1, extended</source>
        <comment>proposal for the name of a copy</comment>
        <translation>%1（扩展）</translation>
    </message>
    <message>
        <source>Copy</source>
        <translation>复制</translation>
    </message>
    <message>
        <source>Making the copy %1</source>
        <translation>正在制作副本 %1</translation>
    </message>
    <message numerus="yes">
        <source>Extend by %Ln new item(s)</source>
        <translation>
            <numerusform>扩展 %Ln 个新物品</numerusform>
        </translation>
    </message>
    <message>
        <source>Extend</source>
        <translation>扩展</translation>
    </message>
    <message>
        <source>A run was trained with it, so it stays as it is. Make a copy to add new items.</source>
        <translation>已有运行用它训练过，因此它保持不变。如需添加新物品，请制作副本。</translation>
    </message>
    <message>
        <source>Add what came since it was finished; what is there stays as it is</source>
        <translation>添加完成之后新到的内容；已有内容保持不变</translation>
    </message>
    <message>
        <source>Copy…</source>
        <translation>复制…</translation>
    </message>
    <message>
        <source>Make a copy of the chosen knowledge base, which can be changed and extended</source>
        <translation>为所选知识库制作可修改、可扩展的副本</translation>
    </message>
    <message>
        <source>Facets</source>
        <translation>方面</translation>
    </message>
    <message>
        <source>People</source>
        <translation>人</translation>
    </message>
</context>
<context>
    <name>transept::ui::LassoBar</name>
    <message>
        <source>Let the lassoed items go, here and on every page</source>
        <translation>取消圈选（对所有页面生效）</translation>
    </message>
    <message>
        <source>Let the lassoed items go</source>
        <translation>取消圈选</translation>
    </message>
</context>
<context>
    <name>transept::ui::LassoButton</name>
    <message numerus="yes">
        <source>%Ln lassoed item(s)</source>
        <translation>
            <numerusform>圈选了 %Ln 个物品</numerusform>
        </translation>
    </message>
    <message>
        <source>%1: show what the runs are worth for the items that are lassoed on the map of the Knowledge page, and for all others</source>
        <comment>12 lassoed items</comment>
        <translation>%1：显示各运行对在“知识”页地图上圈选的物品以及其他物品的价值</translation>
    </message>
</context>
<context>
    <name>transept::ui::LassoToggle</name>
    <message numerus="yes">
        <source>Only the %Ln lassoed</source>
        <translation>
            <numerusform>仅圈选的 %Ln 个</numerusform>
        </translation>
    </message>
    <message>
        <source>%1: show only the items that are lassoed on the map of the Knowledge page</source>
        <comment>only the so many lassoed</comment>
        <translation>%1：仅显示在“知识”页地图上圈选的物品</translation>
    </message>
</context>
<context>
    <name>transept::ui::Legend</name>
    <message>
        <source>%1: click to hide or show</source>
        <translation>%1：单击可隐藏或显示</translation>
    </message>
</context>
<context>
    <name>transept::ui::LineChart</name>
    <message>
        <source>%1 %2</source>
        <comment>name of a curve, its value</comment>
        <translation>%1 %2</translation>
    </message>
    <message>
        <source>%1 %2: %3</source>
        <comment>epoch 19: values of the curves</comment>
        <translation>%1 %2：%3</translation>
    </message>
</context>
<context>
    <name>transept::ui::ListCard</name>
    <message>
        <source>Recommended by %1</source>
        <translation>由 %1 推荐</translation>
    </message>
    <message numerus="yes">
        <source>%Ln confirmed</source>
        <comment>items</comment>
        <translation>
            <numerusform>%Ln 个得到证实</numerusform>
        </translation>
    </message>
    <message>
        <source>Items that this person chose in the test set</source>
        <translation>此人在测试集中选择的物品</translation>
    </message>
</context>
<context>
    <name>transept::ui::MainWindow</name>
    <message>
        <source>As the system</source>
        <translation>跟随系统</translation>
    </message>
    <message>
        <source>Light</source>
        <translation>浅色</translation>
    </message>
    <message>
        <source>Dark</source>
        <translation>深色</translation>
    </message>
    <message>
        <source>&amp;File</source>
        <translation>文件(&amp;F)</translation>
    </message>
    <message>
        <source>&amp;Edit</source>
        <translation>编辑(&amp;E)</translation>
    </message>
    <message>
        <source>&amp;View</source>
        <translation>视图(&amp;V)</translation>
    </message>
    <message>
        <source>&amp;Data</source>
        <translation>数据(&amp;D)</translation>
    </message>
    <message>
        <source>&amp;Run</source>
        <translation>运行(&amp;R)</translation>
    </message>
    <message>
        <source>&amp;Help</source>
        <translation>帮助(&amp;H)</translation>
    </message>
    <message>
        <source>&amp;New workspace…</source>
        <translation>新建工作区(&amp;N)…</translation>
    </message>
    <message>
        <source>&amp;Open workspace…</source>
        <translation>打开工作区(&amp;O)…</translation>
    </message>
    <message>
        <source>Open &amp;recent</source>
        <translation>最近打开(&amp;R)</translation>
    </message>
    <message>
        <source>Create the &amp;sample…</source>
        <translation>创建示例(&amp;S)…</translation>
    </message>
    <message>
        <source>&amp;Close workspace</source>
        <translation>关闭工作区(&amp;C)</translation>
    </message>
    <message>
        <source>&amp;Quit</source>
        <translation>退出(&amp;Q)</translation>
    </message>
    <message>
        <source>&amp;Undo</source>
        <translation>撤销(&amp;U)</translation>
    </message>
    <message>
        <source>&amp;Undo: %1</source>
        <translation>撤销(&amp;U)：%1</translation>
    </message>
    <message>
        <source>&amp;Redo</source>
        <translation>重做(&amp;R)</translation>
    </message>
    <message>
        <source>&amp;Redo: %1</source>
        <translation>重做(&amp;R)：%1</translation>
    </message>
    <message>
        <source>&amp;Find a command…</source>
        <translation>查找命令(&amp;F)…</translation>
    </message>
    <message>
        <source>List of &amp;jobs</source>
        <translation>任务列表(&amp;J)</translation>
    </message>
    <message>
        <source>F&amp;ull screen</source>
        <translation>全屏(&amp;U)</translation>
    </message>
    <message>
        <source>Reset &amp;layout</source>
        <translation>重置布局(&amp;L)</translation>
    </message>
    <message>
        <source>&amp;Theme</source>
        <translation>主题(&amp;T)</translation>
    </message>
    <message>
        <source>&amp;Language</source>
        <translation>语言(&amp;L)</translation>
    </message>
    <message>
        <source>&amp;Pause the run</source>
        <translation>暂停运行(&amp;P)</translation>
    </message>
    <message>
        <source>&amp;Cancel the run</source>
        <translation>取消运行(&amp;C)</translation>
    </message>
    <message>
        <source>Cancel &amp;all runs in the queue</source>
        <translation>取消队列中的全部运行(&amp;A)</translation>
    </message>
    <message>
        <source>&amp;Keyboard shortcuts</source>
        <translation>键盘快捷键(&amp;K)</translation>
    </message>
    <message>
        <source>&amp;About Transept</source>
        <translation>关于 Transept(&amp;A)</translation>
    </message>
    <message>
        <source>About &amp;Qt</source>
        <translation>关于 Qt(&amp;Q)</translation>
    </message>
    <message>
        <source>&amp;Resume the run</source>
        <translation>继续运行(&amp;R)</translation>
    </message>
    <message>
        <source>%1 – Transept</source>
        <translation>%1 – Transept</translation>
    </message>
    <message>
        <source>None yet</source>
        <translation>暂无</translation>
    </message>
    <message>
        <source>New workspace</source>
        <translation>新建工作区</translation>
    </message>
    <message>
        <source>Transept workspaces (*.transept)</source>
        <translation>Transept 工作区 (*.transept)</translation>
    </message>
    <message>
        <source>workspace</source>
        <translation>工作区</translation>
    </message>
    <message>
        <source>Open workspace</source>
        <translation>打开工作区</translation>
    </message>
    <message>
        <source>All files (*)</source>
        <translation>所有文件 (*)</translation>
    </message>
    <message>
        <source>Create the sample</source>
        <translation>创建示例</translation>
    </message>
    <message>
        <source>Creating the sample</source>
        <translation>正在创建示例</translation>
    </message>
    <message>
        <source>About Transept</source>
        <translation>关于 Transept</translation>
    </message>
    <message>
        <source>&lt;h3&gt;Transept %1&lt;/h3&gt;&lt;p&gt;A workbench for cross-domain recommendation with knowledge from language models.&lt;/p&gt;&lt;p&gt;Free software under the GNU General Public License, version 3 or later.&lt;/p&gt;</source>
        <translation>&lt;h3&gt;Transept %1&lt;/h3&gt;&lt;p&gt;结合语言模型知识的跨领域推荐工作台。&lt;/p&gt;&lt;p&gt;自由软件，遵循 GNU 通用公共许可证第 3 版或更新版本。&lt;/p&gt;</translation>
    </message>
    <message>
        <source>Pages</source>
        <translation>页面</translation>
    </message>
    <message>
        <source>Import files</source>
        <translation>导入文件</translation>
    </message>
    <message>
        <source>New workspace for these files</source>
        <translation>为这些文件新建工作区</translation>
    </message>
    <message>
        <source>&amp;Import files…</source>
        <translation>导入文件(&amp;I)…</translation>
    </message>
</context>
<context>
    <name>transept::ui::MapColourBox</name>
    <message>
        <source>coloured by domain</source>
        <translation>按领域着色</translation>
    </message>
    <message>
        <source>coloured by popularity</source>
        <translation>按流行度着色</translation>
    </message>
    <message>
        <source>coloured by the facet %1</source>
        <translation>按方面 %1 着色</translation>
    </message>
    <message>
        <source>coloured by %1</source>
        <comment>name of a field</comment>
        <translation>按 %1 着色</translation>
    </message>
    <message>
        <source>coloured by the error of %1</source>
        <comment>name of a run</comment>
        <translation>按 %1 的误差着色</translation>
    </message>
    <message>
        <source>What colours the map</source>
        <translation>地图按什么着色</translation>
    </message>
</context>
<context>
    <name>transept::ui::MeasureCard</name>
    <message>
        <source>%1, 95 % bootstrap interval</source>
        <comment>measure</comment>
        <translation>%1，95% 自助法区间</translation>
    </message>
    <message>
        <source>Measures</source>
        <translation>指标</translation>
    </message>
    <message>
        <source>Fewer than two of the selected runs have finished.</source>
        <translation>所选运行中完成的不足两个。</translation>
    </message>
    <message>
        <source>The selected runs share no measure: run them again with the same ones.</source>
        <translation>所选运行没有共同的指标：请用相同的指标重新运行。</translation>
    </message>
    <message>
        <source>Measure that the bars show</source>
        <translation>条形图显示的指标</translation>
    </message>
    <message>
        <source>Which measure the bars and the p-values show</source>
        <translation>条形图和 p 值所显示的指标</translation>
    </message>
    <message numerus="yes">
        <source>%1, %Ln people, 95 % bootstrap interval</source>
        <comment>measure</comment>
        <translation>
            <numerusform>%1，%Ln 人，95% 自助法区间</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>transept::ui::MeasureTitle</name>
    <message>
        <source>%1 (%2 sampled)</source>
        <comment>NDCG@10, a number</comment>
        <translation>%1（采样 %2 个）</translation>
    </message>
    <message>
        <source>%1 Ranked among %2 sampled items for each relevant one instead of all: higher, and for comparing with published tables only.</source>
        <comment>what the measure means, a number</comment>
        <translation>%1 每个相关物品只在 %2 个采样物品中排名，而不是在全部物品中：数值偏高，仅用于与已发表的表格比较。</translation>
    </message>
    <message>
        <source>%1 (given negatives)</source>
        <comment>NDCG@10</comment>
        <translation>%1（给定负例）</translation>
    </message>
    <message>
        <source>%1 Each relevant item is ranked among the negatives that a file gives it, instead of all items: higher, and for comparing with the tables that use this file only.</source>
        <comment>what the measure means</comment>
        <translation>%1 每个相关物品只在文件为其给定的负例中排名，而不是在全部物品中：数值偏高，仅用于与使用该文件的表格比较。</translation>
    </message>
    <message>
        <source>%1 (cold items)</source>
        <comment>NDCG@10</comment>
        <translation>%1（冷物品）</translation>
    </message>
    <message>
        <source>%1 Each relevant item that has no training interactions is ranked among all items without any: what is known of new items is all that tells them apart.</source>
        <comment>what the measure means</comment>
        <translation>%1每个没有训练交互的相关物品与所有没有训练交互的物品一起排序：区分它们的只有对新物品的了解。</translation>
    </message>
</context>
<context>
    <name>transept::ui::MessageBar</name>
    <message>
        <source>Close this message</source>
        <translation>关闭此消息</translation>
    </message>
</context>
<context>
    <name>transept::ui::MethodBox</name>
    <message>
        <source>%1 (%2)</source>
        <comment>title of a method, its short name</comment>
        <translation>%1（%2）</translation>
    </message>
</context>
<context>
    <name>transept::ui::MethodPanel</name>
    <message>
        <source>Knowledge of the items, with vectors</source>
        <translation>物品的知识，含向量</translation>
    </message>
    <message>
        <source>Knowledge of the items</source>
        <translation>物品的知识</translation>
    </message>
    <message>
        <source>A source domain</source>
        <translation>来源领域</translation>
    </message>
    <message>
        <source>A source domain with people of the target</source>
        <translation>与目标有共同的人的来源领域</translation>
    </message>
    <message>
        <source>Ratings in the target</source>
        <translation>目标中的评分</translation>
    </message>
    <message>
        <source>Times in the target</source>
        <translation>目标中的时间</translation>
    </message>
    <message>
        <source>knowledge</source>
        <translation>知识</translation>
    </message>
    <message>
        <source>source</source>
        <translation>来源</translation>
    </message>
    <message>
        <source>ratings</source>
        <translation>评分</translation>
    </message>
    <message>
        <source>Search by name, family or what it does</source>
        <translation>按名称、类别或用途搜索</translation>
    </message>
    <message>
        <source>Search methods</source>
        <translation>搜索方法</translation>
    </message>
    <message>
        <source>Methods</source>
        <translation>方法</translation>
    </message>
    <message>
        <source>No method fits these letters.</source>
        <translation>没有与这些字母相符的方法。</translation>
    </message>
    <message>
        <source>Needs</source>
        <translation>需要</translation>
    </message>
    <message>
        <source>Source: %1</source>
        <translation>出处：%1</translation>
    </message>
    <message>
        <source>%1: there</source>
        <comment>a need of a method</comment>
        <translation>%1：已有</translation>
    </message>
    <message>
        <source>%1: missing</source>
        <comment>a need of a method</comment>
        <translation>%1：缺失</translation>
    </message>
    <message>
        <source>Nothing beside interactions</source>
        <translation>除交互外无需其他数据</translation>
    </message>
    <message>
        <source>source domains</source>
        <translation>来源领域</translation>
    </message>
    <message>
        <source>knowledge of the items</source>
        <translation>物品的知识</translation>
    </message>
    <message>
        <source>Gains from %1 where there is some.</source>
        <translation>如有 %1，可从中获益。</translation>
    </message>
    <message>
        <source>What it needs depends on its parameters.</source>
        <translation>所需条件取决于其参数。</translation>
    </message>
</context>
<context>
    <name>transept::ui::NearItemModel</name>
    <message>
        <source>Nearest items</source>
        <translation>最接近的物品</translation>
    </message>
    <message>
        <source>Domain</source>
        <translation>领域</translation>
    </message>
    <message>
        <source>Similarity</source>
        <translation>相似度</translation>
    </message>
</context>
<context>
    <name>transept::ui::OverlapView</name>
    <message>
        <source>%1: %2 people</source>
        <translation>%1：%2 人</translation>
    </message>
    <message>
        <source>%1: %2 items</source>
        <translation>%1：%2 个物品</translation>
    </message>
    <message>
        <source>%1 and %2 share %3 people, %4 of those in %1</source>
        <translation>%1 和 %2 共有 %3 人，占 %1 的 %4</translation>
    </message>
    <message>
        <source>%1 and %2 share %3 works, %4 of those in %1</source>
        <translation>%1 和 %2 共有 %3 部作品，占 %1 的 %4</translation>
    </message>
</context>
<context>
    <name>transept::ui::ParameterForm</name>
    <message>
        <source>%1, %2</source>
        <comment>label, unit</comment>
        <translation>%1，%2</translation>
    </message>
    <message>
        <source>%1 •</source>
        <comment>a value that differs from its default</comment>
        <translation>%1 •</translation>
    </message>
    <message>
        <source>Back to the default</source>
        <translation>恢复默认值</translation>
    </message>
    <message>
        <source>%1: back to the default</source>
        <translation>%1：恢复默认值</translation>
    </message>
</context>
<context>
    <name>transept::ui::PeopleModel</name>
    <message>
        <source>%1, failed in others</source>
        <comment>number of domains</comment>
        <translation>%1，其他领域失败</translation>
    </message>
    <message>
        <source>Person</source>
        <translation>人</translation>
    </message>
    <message>
        <source>Domains</source>
        <translation>领域</translation>
    </message>
</context>
<context>
    <name>transept::ui::PeopleView</name>
    <message>
        <source>From %1 to %2</source>
        <comment>domains</comment>
        <translation>从 %1 到 %2</translation>
    </message>
    <message>
        <source>Person</source>
        <translation>人</translation>
    </message>
    <message>
        <source>Domain</source>
        <translation>领域</translation>
    </message>
    <message>
        <source>Why</source>
        <translation>原因</translation>
    </message>
    <message>
        <source>Reply</source>
        <translation>回复</translation>
    </message>
    <message>
        <source>Facet</source>
        <translation>方面</translation>
    </message>
    <message>
        <source>What the person prefers</source>
        <translation>此人的偏好</translation>
    </message>
    <message>
        <source>Feedback</source>
        <translation>反馈</translation>
    </message>
    <message>
        <source>What the person took, the latest last</source>
        <translation>此人选过的物品，最近的在最后</translation>
    </message>
    <message>
        <source>The training history, as the prompts told it</source>
        <translation>提示词中所述的训练历史</translation>
    </message>
    <message>
        <source>Reading histories…</source>
        <translation>正在读取历史…</translation>
    </message>
    <message>
        <source>Find a person by id</source>
        <translation>按 id 查找人</translation>
    </message>
    <message>
        <source>People</source>
        <translation>人</translation>
    </message>
    <message>
        <source>What the chosen person prefers</source>
        <translation>所选之人的偏好</translation>
    </message>
    <message>
        <source>Training history of the chosen person</source>
        <translation>所选之人的训练历史</translation>
    </message>
    <message>
        <source>How tastes carry over</source>
        <translation>口味如何迁移</translation>
    </message>
    <message>
        <source>Nothing was asked about pairs of domains.</source>
        <translation>没有就领域对提问。</translation>
    </message>
    <message>
        <source>People that failed</source>
        <translation>失败的人</translation>
    </message>
</context>
<context>
    <name>transept::ui::PictureDialog</name>
    <message>
        <source>Save as PNG</source>
        <translation>另存为 PNG</translation>
    </message>
    <message>
        <source> mm</source>
        <translation> 毫米</translation>
    </message>
    <message>
        <source>Width</source>
        <translation>宽度</translation>
    </message>
    <message>
        <source>Height</source>
        <translation>高度</translation>
    </message>
    <message>
        <source>Dots per inch</source>
        <translation>每英寸点数</translation>
    </message>
    <message>
        <source>%1 by %2 dots</source>
        <translation>%1 × %2 点</translation>
    </message>
</context>
<context>
    <name>transept::ui::PreviewModel</name>
    <message>
        <source>text</source>
        <translation>文本</translation>
    </message>
    <message>
        <source>whole numbers</source>
        <translation>整数</translation>
    </message>
    <message>
        <source>numbers</source>
        <translation>数</translation>
    </message>
    <message>
        <source>times</source>
        <translation>时间</translation>
    </message>
    <message>
        <source>lists</source>
        <translation>列表</translation>
    </message>
    <message>
        <source>%1: %2. %3</source>
        <translation>%1：%2。%3</translation>
    </message>
</context>
<context>
    <name>transept::ui::PreviewPane</name>
    <message>
        <source>Preview: choose an item in the list below</source>
        <translation>预览：请在下方列表中选择一个物品</translation>
    </message>
    <message>
        <source>Preview for the chosen item</source>
        <translation>所选物品的预览</translation>
    </message>
    <message>
        <source>Asking…</source>
        <translation>正在询问…</translation>
    </message>
    <message>
        <source>%1: %2</source>
        <comment>facet, its text</comment>
        <translation>%1：%2</translation>
    </message>
    <message>
        <source>%1 tokens in, %2 out</source>
        <translation>输入 %1 个词元，输出 %2 个</translation>
    </message>
    <message>
        <source>about %1 tokens in, %2 out</source>
        <translation>输入约 %1 个词元，输出 %2 个</translation>
    </message>
    <message>
        <source>%1 %2</source>
        <comment>amount of money, currency</comment>
        <translation>%1 %2</translation>
    </message>
    <message>
        <source>%1 s</source>
        <translation>%1 秒</translation>
    </message>
    <message numerus="yes">
        <source>%Ln piece(s) of personal data replaced</source>
        <translation>
            <numerusform>替换了 %Ln 处个人数据</numerusform>
        </translation>
    </message>
    <message>
        <source>; </source>
        <comment>between parts of a sentence</comment>
        <translation>；</translation>
    </message>
    <message>
        <source>Ask now</source>
        <translation>立即询问</translation>
    </message>
    <message>
        <source>Send this request and show the reply; nothing is stored</source>
        <translation>发送此请求并显示回复；不保存任何内容</translation>
    </message>
    <message>
        <source>Reply</source>
        <translation>回复</translation>
    </message>
    <message>
        <source>What would become of the chosen item is shown here.</source>
        <translation>此处显示所选物品将得到的结果。</translation>
    </message>
    <message>
        <source>Request, or the steps from text to terms</source>
        <translation>请求，或从文本到词项的各个步骤</translation>
    </message>
    <message>
        <source>first domain</source>
        <translation>第一个领域</translation>
    </message>
    <message>
        <source>Preview for a person</source>
        <translation>为某人预览</translation>
    </message>
    <message>
        <source>Id of a person; empty: the one that is chosen on another page</source>
        <translation>人的 id；留空：在其他页面上选中的人</translation>
    </message>
    <message>
        <source>Person that the preview is about</source>
        <translation>预览所针对的人</translation>
    </message>
    <message>
        <source>Domain that the preview is about</source>
        <translation>预览所针对的领域</translation>
    </message>
</context>
<context>
    <name>transept::ui::PromptBar</name>
    <message>
        <source>built-in</source>
        <comment>prompt</comment>
        <translation>内置</translation>
    </message>
    <message>
        <source>%1, version %2</source>
        <comment>name of a prompt, number</comment>
        <translation>%1，版本 %2</translation>
    </message>
    <message>
        <source>Saved prompts</source>
        <translation>已保存的提示词</translation>
    </message>
    <message>
        <source>The saved prompt that the text is; choosing another one takes its text</source>
        <translation>与文本相同的已保存提示词；选择另一个会采用其文本</translation>
    </message>
    <message>
        <source>A text of your own</source>
        <translation>自定义文本</translation>
    </message>
    <message>
        <source>Insert</source>
        <translation>插入</translation>
    </message>
    <message>
        <source>Put in a word that is filled in for every request</source>
        <translation>插入在每个请求中填入的词</translation>
    </message>
    <message>
        <source>%1: %2</source>
        <comment>word in a prompt, its meaning</comment>
        <translation>%1：%2</translation>
    </message>
    <message>
        <source>Save as…</source>
        <translation>另存为…</translation>
    </message>
    <message>
        <source>Save the text under a name, as a new version</source>
        <translation>以某名称保存文本，作为新版本</translation>
    </message>
    <message>
        <source>Changes</source>
        <translation>修改</translation>
    </message>
    <message>
        <source>What makes the text of a saved prompt</source>
        <translation>与已保存提示词的差异</translation>
    </message>
</context>
<context>
    <name>transept::ui::PromptChangesDialog</name>
    <message>
        <source>Changes of the prompt</source>
        <translation>提示词的修改</translation>
    </message>
    <message>
        <source>Since which saved prompt</source>
        <translation>自哪个已保存的提示词以来</translation>
    </message>
    <message>
        <source>What was taken out and what was put in</source>
        <translation>删去和加入的内容</translation>
    </message>
    <message>
        <source>Since %1</source>
        <comment>a saved prompt</comment>
        <translation>自 %1 以来</translation>
    </message>
</context>
<context>
    <name>transept::ui::QualityView</name>
    <message>
        <source>compare with no other</source>
        <translation>不与其他知识库比较</translation>
    </message>
    <message>
        <source>compare with %1</source>
        <comment>name of a knowledge base</comment>
        <translation>与 %1 比较</translation>
    </message>
    <message>
        <source>Checking %1</source>
        <comment>name of a knowledge base</comment>
        <translation>正在检查 %1</translation>
    </message>
    <message>
        <source>Nothing is checked yet.</source>
        <translation>尚未检查。</translation>
    </message>
    <message>
        <source>The knowledge base has no facets, or nobody consumed the items that have some.</source>
        <translation>该知识库没有方面，或者没有人消费过有方面的物品。</translation>
    </message>
    <message>
        <source>Every item can be told apart from all others.</source>
        <translation>每个物品都能与其他物品区分开来。</translation>
    </message>
    <message>
        <source>Choose another knowledge base at the left to compare with.</source>
        <translation>请在左侧选择另一个知识库进行比较。</translation>
    </message>
    <message>
        <source>The two have no facet of the same name.</source>
        <translation>两者没有同名的方面。</translation>
    </message>
    <message>
        <source>Extract a knowledge base first; then it can be checked here.</source>
        <translation>请先提取一个知识库，然后可在此检查。</translation>
    </message>
    <message>
        <source>This knowledge base is not finished. Go on with its extraction to check it.</source>
        <translation>该知识库尚未完成。请继续提取后再检查。</translation>
    </message>
    <message>
        <source>Checking…</source>
        <translation>正在检查…</translation>
    </message>
    <message>
        <source>Whether the items that this knowledge calls near are consumed by the same people can be told before anything is trained, from training interactions alone. So can what each facet tells, and which items cannot be told apart.</source>
        <translation>仅凭训练交互，就可以在训练任何模型之前说明：该知识认为相近的物品是否被同一批用户消费，每个方面提供多少信息，以及哪些物品无法区分。</translation>
    </message>
    <message>
        <source>How often near items are consumed together, against chance.</source>
        <translation>相近物品被共同消费的频率与随机情况的对比。</translation>
    </message>
    <message>
        <source>Check</source>
        <translation>检查</translation>
    </message>
    <message>
        <source>Check the chosen knowledge base by training interactions</source>
        <translation>用训练交互检查所选知识库</translation>
    </message>
    <message>
        <source>by vectors</source>
        <translation>按向量</translation>
    </message>
    <message>
        <source>by words</source>
        <translation>按词</translation>
    </message>
    <message>
        <source>What tells which items are near</source>
        <translation>由什么判断物品相近</translation>
    </message>
    <message>
        <source>Another knowledge base to compare with</source>
        <translation>用于比较的另一个知识库</translation>
    </message>
    <message>
        <source>What the check found</source>
        <translation>检查结果</translation>
    </message>
    <message>
        <source>Near items consumed together</source>
        <translation>相近物品被共同消费</translation>
    </message>
    <message>
        <source>times as often; 1 is chance</source>
        <translation>倍；1 为随机</translation>
    </message>
    <message>
        <source>What facets tell of what is consumed together</source>
        <translation>各方面对共同消费的说明</translation>
    </message>
    <message>
        <source>Items that cannot be told apart</source>
        <translation>无法区分的物品</translation>
    </message>
    <message>
        <source>Facets in which the two knowledge bases agree</source>
        <translation>两个知识库在哪些方面一致</translation>
    </message>
    <message>
        <source>Facets</source>
        <translation>方面</translation>
    </message>
    <message>
        <source>Look-alikes</source>
        <translation>相似物品</translation>
    </message>
    <message>
        <source>Agreement</source>
        <translation>一致性</translation>
    </message>
    <message>
        <source>Blind review</source>
        <translation>盲评</translation>
    </message>
</context>
<context>
    <name>transept::ui::ReasonModel</name>
    <message>
        <source>Facets</source>
        <translation>方面</translation>
    </message>
    <message>
        <source>attention</source>
        <translation>注意力</translation>
    </message>
    <message>
        <source>%1: %2</source>
        <comment>a reason, its weight</comment>
        <translation>%1：%2</translation>
    </message>
    <message>
        <source>%1: %2</source>
        <comment>name and text of a facet</comment>
        <translation>%1：%2</translation>
    </message>
</context>
<context>
    <name>transept::ui::ReasonsPanel</name>
    <message>
        <source>Why?</source>
        <translation>为什么？</translation>
    </message>
    <message>
        <source>Choose an item in one of the lists to see what speaks for it.</source>
        <translation>在任一推荐列表中选择物品，查看推荐它的理由。</translation>
    </message>
    <message>
        <source>Why %1?</source>
        <translation>为什么推荐 %1？</translation>
    </message>
    <message>
        <source>What of the history moved the score of %1</source>
        <translation>历史中哪些物品影响了 %1 的得分</translation>
    </message>
    <message>
        <source>%1 cannot say which items of the history moved this score.</source>
        <translation>%1 无法说明历史中哪些物品影响了该得分。</translation>
    </message>
    <message>
        <source>Reasons</source>
        <translation>理由</translation>
    </message>
    <message>
        <source>What of the item&apos;s knowledge %1 looked at</source>
        <translation>%1 看重该物品知识中的哪些方面</translation>
    </message>
    <message numerus="yes">
        <source>It came after %1 was trained: its score follows from what others did with it since, in %Ln interaction(s).</source>
        <translation>
            <numerusform>它在 %1 训练之后才出现：其得分由其他人此后与它的 %Ln 次交互推算得出。</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>transept::ui::RecommendPage</name>
    <message>
        <source>Recommend</source>
        <translation>推荐</translation>
    </message>
    <message>
        <source>Choose a person on the left.</source>
        <translation>请在左侧选择一个人。</translation>
    </message>
    <message>
        <source>Opening the model…</source>
        <translation>正在打开模型…</translation>
    </message>
    <message>
        <source>Opening the model of %1</source>
        <translation>正在打开 %1 的模型</translation>
    </message>
    <message>
        <source>Find a person by id, or choose one of the most active.</source>
        <translation>按标识查找一个人，或从最活跃的人中选择。</translation>
    </message>
    <message>
        <source>%1: %2</source>
        <comment>user, what the user did</comment>
        <translation>%1：%2</translation>
    </message>
    <message>
        <source>History of the chosen user</source>
        <translation>所选用户的历史</translation>
    </message>
    <message>
        <source>Items in a list</source>
        <translation>列表中的物品数</translation>
    </message>
    <message>
        <source>Next user</source>
        <translation>下一个用户</translation>
    </message>
    <message>
        <source>Show the next user of the list</source>
        <translation>显示列表中的下一个用户</translation>
    </message>
    <message>
        <source>Go to Experiments</source>
        <translation>前往实验</translation>
    </message>
    <message>
        <source>No finished run yet</source>
        <translation>还没有完成的运行</translation>
    </message>
    <message>
        <source>Train a method first; its recommendations for every person are shown here, with the reasons.</source>
        <translation>请先训练一个方法；它对每个人的推荐及理由会显示在这里。</translation>
    </message>
    <message>
        <source>Runs</source>
        <translation>运行</translation>
    </message>
    <message>
        <source>Choose whose lists stand side by side, four at most</source>
        <translation>选择并排显示哪些运行的列表，最多四个</translation>
    </message>
    <message>
        <source>%1: the method has to be trained to know new items.</source>
        <comment>runs</comment>
        <translation>%1：该方法必须经过训练才能认识新物品。</translation>
    </message>
    <message>
        <source>Lists also hold items that came after the training, by what others did with them since</source>
        <translation>列表中也包含训练之后才出现的物品，依据其他人此后与它们的交互</translation>
    </message>
    <message>
        <source>New items</source>
        <translation>新物品</translation>
    </message>
</context>
<context>
    <name>transept::ui::RecommendationModel</name>
    <message>
        <source>knowledge: %1</source>
        <comment>the strongest reason</comment>
        <translation>知识：%1</translation>
    </message>
    <message>
        <source>mostly for %1</source>
        <comment>the strongest reason is an item</comment>
        <translation>主要因为 %1</translation>
    </message>
    <message>
        <source>%1: %2, score %3, confirmed by the test set</source>
        <translation>%1：%2，得分 %3，测试集证实</translation>
    </message>
    <message>
        <source>%1: %2, score %3</source>
        <translation>%1：%2，得分 %3</translation>
    </message>
    <message>
        <source>%1 (%2), confirmed by the test set</source>
        <translation>%1（%2），测试集证实</translation>
    </message>
    <message>
        <source>%1 (%2)</source>
        <translation>%1（%2）</translation>
    </message>
    <message numerus="yes">
        <source>folded in from %Ln interaction(s)</source>
        <translation>
            <numerusform>由 %Ln 次交互即时推算</numerusform>
        </translation>
    </message>
    <message>
        <source>%1: %2, new, score %3</source>
        <translation>%1：%2，新，得分 %3</translation>
    </message>
    <message>
        <source>new</source>
        <comment>an item that came after the training</comment>
        <translation>新</translation>
    </message>
    <message>
        <source>lassoed on the map of the Knowledge page</source>
        <translation>在“知识”页的地图上被圈选</translation>
    </message>
    <message>
        <source>%1, lassoed</source>
        <comment>an item of a list</comment>
        <translation>%1，已圈选</translation>
    </message>
</context>
<context>
    <name>transept::ui::RejectModel</name>
    <message>
        <source>Line</source>
        <comment>line of the imported file</comment>
        <translation>行</translation>
    </message>
    <message>
        <source>Byte</source>
        <translation>字节</translation>
    </message>
    <message>
        <source>Why it was rejected</source>
        <translation>拒绝原因</translation>
    </message>
    <message>
        <source>Row as it stands in the file</source>
        <translation>文件中的原始行</translation>
    </message>
</context>
<context>
    <name>transept::ui::ResultCard</name>
    <message>
        <source>Reading the results…</source>
        <translation>正在读取结果…</translation>
    </message>
</context>
<context>
    <name>transept::ui::ResultsDialog</name>
    <message>
        <source>user</source>
        <translation>用户</translation>
    </message>
    <message>
        <source>item</source>
        <translation>物品</translation>
    </message>
    <message>
        <source>rank</source>
        <translation>名次</translation>
    </message>
    <message>
        <source>score</source>
        <translation>得分</translation>
    </message>
    <message>
        <source>prediction</source>
        <translation>预测</translation>
    </message>
    <message>
        <source>What the column holds</source>
        <translation>该列的内容</translation>
    </message>
    <message>
        <source>Let the mean of the training ratings stand for missing predictions</source>
        <translation>缺失的预测用训练评分的平均值代替</translation>
    </message>
    <message>
        <source>Remove</source>
        <translation>移除</translation>
    </message>
    <message>
        <source>Import results</source>
        <translation>导入结果</translation>
    </message>
    <message>
        <source>Import</source>
        <translation>导入</translation>
    </message>
    <message>
        <source>Name of the run</source>
        <translation>运行名称</translation>
    </message>
    <message>
        <source>What computed the results; otherwise the name of the run</source>
        <translation>计算这些结果的程序；不填则用运行名称</translation>
    </message>
    <message>
        <source>Data, split and measures come from there</source>
        <translation>数据、划分和指标取自此处</translation>
    </message>
    <message>
        <source>Those of the run or the spec</source>
        <translation>运行或规格中的指标</translation>
    </message>
    <message>
        <source>Name</source>
        <translation>名称</translation>
    </message>
    <message>
        <source>Program</source>
        <translation>程序</translation>
    </message>
    <message>
        <source>Computed for</source>
        <translation>计算依据</translation>
    </message>
    <message>
        <source>Measures</source>
        <translation>指标</translation>
    </message>
    <message>
        <source>Add files…</source>
        <translation>添加文件…</translation>
    </message>
    <message>
        <source>Files of results</source>
        <translation>结果文件</translation>
    </message>
    <message>
        <source>What its columns say</source>
        <translation>各列的内容</translation>
    </message>
    <message>
        <source>Lists</source>
        <translation>推荐列表</translation>
    </message>
    <message>
        <source>Predictions</source>
        <translation>预测</translation>
    </message>
    <message>
        <source>First rows of the file</source>
        <translation>文件的前几行</translation>
    </message>
    <message>
        <source>The file holds</source>
        <translation>文件内容</translation>
    </message>
    <message>
        <source>Run %1: %2</source>
        <comment>number and name</comment>
        <translation>运行 %1：%2</translation>
    </message>
    <message>
        <source>The spec that is being edited</source>
        <translation>正在编辑的规格</translation>
    </message>
    <message>
        <source>Add the lists or predictions that another program wrote. Every row names a user and an item, with a rank, a score or a prediction.</source>
        <translation>添加其他程序写出的推荐列表或预测。每行给出一个用户和一个物品，以及名次、得分或预测值。</translation>
    </message>
</context>
<context>
    <name>transept::ui::ResultsImport</name>
    <message>
        <source>%1 stands in the table.</source>
        <translation>%1 已列入表格。</translation>
    </message>
    <message>
        <source>Importing results of %1</source>
        <translation>正在导入 %1 的结果</translation>
    </message>
    <message>
        <source>Choose again</source>
        <translation>重新选择</translation>
    </message>
    <message>
        <source>Import results…</source>
        <translation>导入结果…</translation>
    </message>
    <message>
        <source>Measure what another program recommended or predicted, beside your own runs</source>
        <translation>测量其他程序的推荐或预测，与您自己的运行并列</translation>
    </message>
</context>
<context>
    <name>transept::ui::RocCard</name>
    <message>
        <source>ROC curves</source>
        <translation>ROC 曲线</translation>
    </message>
    <message>
        <source>None of these runs predicts ratings: scores that only rank have no ROC curve.</source>
        <translation>这些运行都不预测评分：仅用于排序的得分没有 ROC 曲线。</translation>
    </message>
    <message>
        <source>false positives</source>
        <translation>假阳性</translation>
    </message>
    <message>
        <source>false positives among the other pairs</source>
        <translation>其他对中的假阳性</translation>
    </message>
    <message>
        <source>true positives</source>
        <translation>真阳性</translation>
    </message>
    <message>
        <source>area %1, relevant from %2</source>
        <comment>a share, a rating</comment>
        <translation>面积 %1，从 %2 起视为相关</translation>
    </message>
</context>
<context>
    <name>transept::ui::RoleHeader</name>
    <message>
        <source>Role of the column %1</source>
        <translation>列 %1 的角色</translation>
    </message>
</context>
<context>
    <name>transept::ui::RunColumns</name>
    <message>
        <source>Star</source>
        <translation>星标</translation>
    </message>
    <message>
        <source>Columns as at first</source>
        <translation>恢复初始列</translation>
    </message>
</context>
<context>
    <name>transept::ui::RunEdits</name>
    <message>
        <source>rename run</source>
        <translation>重命名运行</translation>
    </message>
    <message>
        <source>change note</source>
        <translation>修改备注</translation>
    </message>
    <message>
        <source>star run</source>
        <translation>加星标</translation>
    </message>
    <message>
        <source>remove star</source>
        <translation>取消星标</translation>
    </message>
    <message numerus="yes">
        <source>delete %n run(s)</source>
        <translation>
            <numerusform>删除 %n 个运行</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>transept::ui::RunMenu</name>
    <message>
        <source>Select older ones on the page Compare</source>
        <translation>在“对比”页选择更早的运行</translation>
    </message>
</context>
<context>
    <name>transept::ui::RunPanel</name>
    <message>
        <source>Filter by name, method, note or state</source>
        <translation>按名称、方法、备注或状态筛选</translation>
    </message>
    <message>
        <source>Filter of runs</source>
        <translation>运行筛选</translation>
    </message>
    <message>
        <source>Only runs with a star</source>
        <translation>仅显示有星标的运行</translation>
    </message>
    <message>
        <source>Columns</source>
        <translation>列</translation>
    </message>
    <message>
        <source>Choose which columns the table shows</source>
        <translation>选择表格显示哪些列</translation>
    </message>
    <message>
        <source>Columns of the table</source>
        <translation>表格的列</translation>
    </message>
    <message>
        <source>Runs</source>
        <translation>运行</translation>
    </message>
</context>
<context>
    <name>transept::ui::RunQueue</name>
    <message>
        <source>Training %1</source>
        <translation>正在训练 %1</translation>
    </message>
</context>
<context>
    <name>transept::ui::RunTableModel</name>
    <message>
        <source>%1, shuffled</source>
        <comment>a knowledge base</comment>
        <translation>%1，打乱</translation>
    </message>
    <message>
        <source>%1 from %2</source>
        <comment>target, sources</comment>
        <translation>%1 来自 %2</translation>
    </message>
    <message>
        <source>epoch %1 of %2</source>
        <translation>第 %1 / %2 轮</translation>
    </message>
    <message>
        <source>starred</source>
        <translation>已加星标</translation>
    </message>
    <message>
        <source>not starred</source>
        <translation>未加星标</translation>
    </message>
    <message>
        <source>Run</source>
        <translation>运行</translation>
    </message>
    <message>
        <source>State</source>
        <translation>状态</translation>
    </message>
    <message>
        <source>Method</source>
        <translation>方法</translation>
    </message>
    <message>
        <source>Data</source>
        <translation>数据</translation>
    </message>
    <message>
        <source>Knowledge</source>
        <translation>知识</translation>
    </message>
    <message>
        <source>Time</source>
        <translation>用时</translation>
    </message>
    <message>
        <source>Note</source>
        <translation>备注</translation>
    </message>
    <message>
        <source>%1 left</source>
        <comment>8 s</comment>
        <translation>剩余 %1</translation>
    </message>
    <message>
        <source>On validation data, by which settings are to be chosen. %1</source>
        <translation>在验证数据上；应据此选择设置。%1</translation>
    </message>
    <message>
        <source>On test data. %1</source>
        <translation>在测试数据上。%1</translation>
    </message>
    <message>
        <source>%1, validation</source>
        <comment>measure</comment>
        <translation>%1（验证）</translation>
    </message>
    <message>
        <source>epoch %1</source>
        <translation>第 %1 轮</translation>
    </message>
    <message>
        <source>Loading %1, training %2, evaluation %3; at most %4 of memory</source>
        <comment>durations, an amount</comment>
        <translation>载入 %1，训练 %2，评估 %3；内存最多 %4</translation>
    </message>
</context>
<context>
    <name>transept::ui::SavePromptDialog</name>
    <message>
        <source>Save prompt</source>
        <translation>保存提示词</translation>
    </message>
    <message>
        <source>Name</source>
        <translation>名称</translation>
    </message>
    <message>
        <source>Extractions are told by this name where their prompt came from.</source>
        <translation>提取结果以此名称记录其提示词的来源。</translation>
    </message>
    <message>
        <source>A new prompt, version 1.</source>
        <translation>新的提示词，版本 1。</translation>
    </message>
    <message>
        <source>Becomes version %1; those before it stay.</source>
        <translation>成为版本 %1；之前的版本保留。</translation>
    </message>
</context>
<context>
    <name>transept::ui::ScatterChart</name>
    <message>
        <source>%1 (%2)</source>
        <translation>%1（%2）</translation>
    </message>
    <message>
        <source>name</source>
        <translation>名称</translation>
    </message>
    <message>
        <source>group</source>
        <translation>分组</translation>
    </message>
    <message>
        <source>Select what is in view</source>
        <translation>选择可见物品</translation>
    </message>
    <message>
        <source>Select nothing</source>
        <translation>取消选择</translation>
    </message>
</context>
<context>
    <name>transept::ui::SegmentCard</name>
    <message>
        <source>Measuring the segments…</source>
        <translation>正在计算各部分的指标…</translation>
    </message>
    <message>
        <source>None of these runs has lists or predictions to look into.</source>
        <translation>这些运行都没有可供分析的列表或预测。</translation>
    </message>
    <message>
        <source>Measure by segment</source>
        <translation>各部分的指标</translation>
    </message>
    <message>
        <source>None of the lassoed items is of the domain that these runs recommend from.</source>
        <translation>圈选的物品都不属于这些运行所推荐的领域。</translation>
    </message>
    <message>
        <source>Measuring the lassoed items…</source>
        <translation>正在计算圈选物品的指标…</translation>
    </message>
</context>
<context>
    <name>transept::ui::SegmentChart</name>
    <message>
        <source>This measure is not there for parts of the test set.</source>
        <translation>此指标没有按测试集各部分计算的值。</translation>
    </message>
    <message>
        <source>What the columns are grouped by</source>
        <translation>柱的分组依据</translation>
    </message>
    <message>
        <source>Measure by segment</source>
        <translation>各部分的指标</translation>
    </message>
</context>
<context>
    <name>transept::ui::SegmentTableModel</name>
    <message>
        <source>%1 against %2</source>
        <comment>a difference, the name of a run</comment>
        <translation>%1，相对于 %2</translation>
    </message>
    <message>
        <source>Part</source>
        <translation>划分依据</translation>
    </message>
    <message>
        <source>Segment</source>
        <translation>部分</translation>
    </message>
    <message>
        <source>Pairs</source>
        <translation>对数</translation>
    </message>
    <message>
        <source>Users</source>
        <translation>用户数</translation>
    </message>
</context>
<context>
    <name>transept::ui::ShortcutsDialog</name>
    <message>
        <source>Keyboard shortcuts</source>
        <translation>键盘快捷键</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>关闭</translation>
    </message>
    <message>
        <source>In charts</source>
        <translation>在图表中</translation>
    </message>
    <message>
        <source>Zoom at the pointer</source>
        <translation>以指针处为中心缩放</translation>
    </message>
    <message>
        <source>Wheel</source>
        <translation>滚轮</translation>
    </message>
    <message>
        <source>Move what is shown</source>
        <translation>移动视图</translation>
    </message>
    <message>
        <source>Drag</source>
        <translation>拖动</translation>
    </message>
    <message>
        <source>Zoom to a box</source>
        <translation>放大到框选区域</translation>
    </message>
    <message>
        <source>Shift+Drag</source>
        <translation>Shift+拖动</translation>
    </message>
    <message>
        <source>Show everything</source>
        <translation>显示全部</translation>
    </message>
    <message>
        <source>Home, double click</source>
        <translation>Home、双击</translation>
    </message>
    <message>
        <source>Read exact values</source>
        <translation>读取精确数值</translation>
    </message>
    <message>
        <source>Left, Right</source>
        <translation>左、右方向键</translation>
    </message>
    <message>
        <source>Zoom in and out</source>
        <translation>放大和缩小</translation>
    </message>
    <message>
        <source>In tables of runs</source>
        <translation>在运行表格中</translation>
    </message>
    <message>
        <source>Edit name or note</source>
        <translation>编辑名称或备注</translation>
    </message>
    <message>
        <source>Delete the selected runs</source>
        <translation>删除所选运行</translation>
    </message>
    <message>
        <source>Del</source>
        <translation>Del</translation>
    </message>
</context>
<context>
    <name>transept::ui::SpecCard</name>
    <message>
        <source>only differences</source>
        <translation>仅差异</translation>
    </message>
    <message>
        <source>Off: all settings, those that differ in bold</source>
        <translation>关闭：显示全部设置，不同的以粗体显示</translation>
    </message>
    <message>
        <source>Only settings that differ</source>
        <translation>仅显示不同的设置</translation>
    </message>
    <message>
        <source>Settings of the selected runs</source>
        <translation>所选运行的设置</translation>
    </message>
    <message>
        <source>All settings of these runs are the same.</source>
        <translation>这些运行的所有设置都相同。</translation>
    </message>
</context>
<context>
    <name>transept::ui::SpecCheck</name>
    <message>
        <source>time unknown</source>
        <comment>of a run</comment>
        <translation>时间未知</translation>
    </message>
    <message>
        <source>What this run will take: loading, training and measuring</source>
        <translation>此运行将耗费的资源：载入、训练和测量</translation>
    </message>
</context>
<context>
    <name>transept::ui::SpecEditor</name>
    <message>
        <source>The spec</source>
        <translation>规格</translation>
    </message>
    <message>
        <source>All parameters are at their defaults.</source>
        <translation>所有参数均为默认值。</translation>
    </message>
    <message numerus="yes">
        <source>%n parameter(s) differ from the default.</source>
        <translation>
            <numerusform>%n 个参数与默认值不同。</numerusform>
        </translation>
    </message>
    <message>
        <source>Name of the run</source>
        <translation>运行名称</translation>
    </message>
    <message>
        <source>Form</source>
        <translation>表单</translation>
    </message>
    <message>
        <source>JSON</source>
        <translation>JSON</translation>
    </message>
    <message>
        <source>The spec as JSON</source>
        <translation>JSON 形式的规格</translation>
    </message>
    <message>
        <source>Reset</source>
        <translation>重置</translation>
    </message>
    <message>
        <source>A value does not fit; it is marked in the form.</source>
        <translation>有一个值不合适；已在表单中标出。</translation>
    </message>
</context>
<context>
    <name>transept::ui::SpecForm</name>
    <message>
        <source>This method uses no knowledge.</source>
        <translation>该方法不使用知识。</translation>
    </message>
    <message>
        <source>This method uses the target alone.</source>
        <translation>该方法只使用目标领域。</translation>
    </message>
    <message>
        <source>none</source>
        <comment>knowledge base</comment>
        <translation>无</translation>
    </message>
    <message numerus="yes">
        <source>%1, %n dimension(s)</source>
        <comment>name of a knowledge base</comment>
        <translation>
            <numerusform>%1，%n 维</numerusform>
        </translation>
    </message>
    <message>
        <source>none</source>
        <comment>source domains</comment>
        <translation>无</translation>
    </message>
    <message>
        <source>Method</source>
        <translation>方法</translation>
    </message>
    <message>
        <source>Target</source>
        <translation>目标</translation>
    </message>
    <message>
        <source>Sources</source>
        <translation>来源</translation>
    </message>
    <message>
        <source>Knowledge</source>
        <translation>知识</translation>
    </message>
    <message>
        <source>Split</source>
        <translation>划分</translation>
    </message>
    <message>
        <source>Measures</source>
        <translation>指标</translation>
    </message>
    <message>
        <source>those that fit the method</source>
        <translation>适合该方法的指标</translation>
    </message>
    <message>
        <source>Shuffled among the items, as a control</source>
        <translation>在物品之间打乱，作为对照</translation>
    </message>
    <message>
        <source>Fewer settings</source>
        <translation>较少设置</translation>
    </message>
    <message>
        <source>More settings</source>
        <translation>更多设置</translation>
    </message>
    <message>
        <source>%1 (missing)</source>
        <comment>a domain or a knowledge base</comment>
        <translation>%1（缺失）</translation>
    </message>
    <message>
        <source>With ~given, among the negatives that were imported for %1.</source>
        <translation>加 ~given 表示在为 %1 导入的负例中排名。</translation>
    </message>
    <message>
        <source>Separated by commas: rmse, ndcg@10, recall@20. With ~99 behind, as in ndcg@10~99, among 99 sampled items: for published tables only. With ~cold, items without training interactions among each other.</source>
        <translation>以逗号分隔：rmse、ndcg@10、recall@20。后缀 ~99（如 ndcg@10~99）表示在 99 个抽样物品中排序，仅用于与已发表结果比较。后缀 ~cold 表示没有训练交互的物品之间排序。</translation>
    </message>
</context>
<context>
    <name>transept::ui::SpecTableModel</name>
    <message>
        <source>yes</source>
        <translation>是</translation>
    </message>
    <message>
        <source>no</source>
        <translation>否</translation>
    </message>
    <message>
        <source>Setting</source>
        <translation>设置</translation>
    </message>
</context>
<context>
    <name>transept::ui::SplitFields</name>
    <message>
        <source>per user, at random</source>
        <translation>按用户随机</translation>
    </message>
    <message>
        <source>the latest of every user</source>
        <translation>每个用户的最后一条</translation>
    </message>
    <message>
        <source>by time, for all at once</source>
        <translation>按时间，对所有人统一</translation>
    </message>
    <message>
        <source>users new in the target</source>
        <translation>目标中的新用户</translation>
    </message>
    <message>
        <source>new items</source>
        <translation>新物品</translation>
    </message>
    <message>
        <source>one of several folds</source>
        <translation>多折之一</translation>
    </message>
    <message>
        <source>as the files say</source>
        <translation>按文件指定</translation>
    </message>
    <message>
        <source>Split</source>
        <translation>划分</translation>
    </message>
    <message>
        <source>one period, then a later one</source>
        <translation>先一个时段，再一个更晚的时段</translation>
    </message>
    <message>
        <source>other people than those trained on</source>
        <translation>训练之外的其他人</translation>
    </message>
</context>
<context>
    <name>transept::ui::TableField</name>
    <message>
        <source>Method</source>
        <translation>方法</translation>
    </message>
    <message>
        <source>Parameters</source>
        <translation>参数</translation>
    </message>
    <message>
        <source>Add</source>
        <translation>添加</translation>
    </message>
    <message>
        <source>Remove</source>
        <translation>移除</translation>
    </message>
    <message>
        <source>Parameters …</source>
        <translation>参数 …</translation>
    </message>
    <message>
        <source>any</source>
        <comment>domain</comment>
        <translation>任意</translation>
    </message>
    <message numerus="yes">
        <source>%n row(s)</source>
        <translation>
            <numerusform>%n 行</numerusform>
        </translation>
    </message>
    <message>
        <source>%1 %2</source>
        <comment>a parameter and its value</comment>
        <translation>%1 %2</translation>
    </message>
    <message>
        <source>defaults</source>
        <translation>默认值</translation>
    </message>
</context>
<context>
    <name>transept::ui::TargetForm</name>
    <message>
        <source>as usual for the layout</source>
        <translation>按布局的惯例</translation>
    </message>
    <message>
        <source>the last of a line; those before it are train</source>
        <translation>每行的最后一条；其余为训练</translation>
    </message>
    <message>
        <source>all of a line</source>
        <translation>整行</translation>
    </message>
    <message>
        <source>that of the domain</source>
        <translation>领域所属的平台</translation>
    </message>
    <message>
        <source>Rows are</source>
        <translation>行的内容</translation>
    </message>
    <message>
        <source>Domain</source>
        <translation>领域</translation>
    </message>
    <message>
        <source>Domains</source>
        <translation>领域</translation>
    </message>
    <message>
        <source>Platform</source>
        <translation>平台</translation>
    </message>
    <message>
        <source>Feedback</source>
        <translation>反馈</translation>
    </message>
    <message>
        <source>Given part</source>
        <translation>指定部分</translation>
    </message>
    <message>
        <source>Part is that of</source>
        <translation>部分的范围</translation>
    </message>
    <message>
        <source>Repeated pairs</source>
        <translation>重复的交互</translation>
    </message>
    <message>
        <source>User prefix</source>
        <translation>用户前缀</translation>
    </message>
    <message>
        <source>Not a rating</source>
        <translation>非评分值</translation>
    </message>
    <message>
        <source>Import nothing if a row is rejected</source>
        <translation>只要有一行被拒绝就不导入</translation>
    </message>
    <message>
        <source>Name of a new or existing domain</source>
        <translation>新领域或已有领域的名称</translation>
    </message>
    <message>
        <source>Domains of one platform share accounts: the same id is the same person there. For links between users name both platforms: shop, forum</source>
        <translation>同一平台的领域共享账号：相同的标识是同一个人。对于用户关联，请写出两个平台：shop, forum</translation>
    </message>
    <message>
        <source>none</source>
        <translation>无</translation>
    </message>
    <message>
        <source>Put before every user id: for files that number their users anew</source>
        <translation>加在每个用户标识之前：用于重新编号用户的文件</translation>
    </message>
    <message>
        <source>Rows with this value mean &quot;seen, not rated&quot; and are skipped: often 0</source>
        <translation>此值的行表示“看过但未评分”，会被跳过：通常为 0</translation>
    </message>
    <message>
        <source>What becomes of a further interaction of the same user and item</source>
        <translation>同一用户与物品的后续交互如何处理</translation>
    </message>
    <message>
        <source>In the file</source>
        <translation>文件中</translation>
    </message>
    <message>
        <source>Rows</source>
        <translation>行数</translation>
    </message>
    <message>
        <source>Texts that several domains share: name them all, with commas between.</source>
        <translation>多个领域共用的文本：请写出所有领域，用逗号分隔。</translation>
    </message>
    <message>
        <source>On one platform, one user id is one person in all domains.</source>
        <translation>在同一平台上，一个用户标识在所有领域中是同一个人。</translation>
    </message>
    <message>
        <source>as the file suggests</source>
        <translation>按文件内容判断</translation>
    </message>
    <message>
        <source>As in the table of items</source>
        <translation>按物品表</translation>
    </message>
    <message>
        <source>Each row goes to the domain of its item, which was imported before</source>
        <translation>每一行归入其物品所属的领域，该物品须先导入</translation>
    </message>
    <message>
        <source>Explicit: people said how much they like it. Implicit: what they did. A file with values is taken for explicit.</source>
        <translation>显式：用户说明了喜欢的程度。隐式：用户的行为。带数值的文件视为显式。</translation>
    </message>
    <message>
        <source>Given before</source>
        <translation>此前已给定</translation>
    </message>
    <message>
        <source>Which negatives stay where an interaction has some already</source>
        <translation>交互已有负例时保留哪些</translation>
    </message>
</context>
<context>
    <name>transept::ui::UnfinishedWork</name>
    <message numerus="yes">
        <source>%n import(s) were interrupted. What was read is kept.</source>
        <translation>
            <numerusform>有 %n 次导入被中断，已读入的内容均已保留。</numerusform>
        </translation>
    </message>
    <message>
        <source>Resume</source>
        <translation>继续</translation>
    </message>
    <message numerus="yes">
        <source>%n run(s) of the last time did not finish.</source>
        <translation>
            <numerusform>上次有 %n 个运行没有完成。</numerusform>
        </translation>
    </message>
    <message>
        <source>Run now</source>
        <translation>立即运行</translation>
    </message>
    <message>
        <source>The extraction of %1 was interrupted. What was extracted is kept.</source>
        <translation>%1 的知识提取被中断，已提取的内容均已保留。</translation>
    </message>
    <message>
        <source>Show it</source>
        <translation>查看</translation>
    </message>
    <message>
        <source>Importing %1</source>
        <translation>正在导入 %1</translation>
    </message>
</context>
<context>
    <name>transept::ui::UserFinder</name>
    <message>
        <source>Find a user by id</source>
        <translation>按标识查找用户</translation>
    </message>
    <message>
        <source>Users, the most active first</source>
        <translation>用户，最活跃的在前</translation>
    </message>
    <message>
        <source>Looking for the most active users…</source>
        <translation>正在查找最活跃的用户…</translation>
    </message>
    <message>
        <source>There is no user yet.</source>
        <translation>还没有用户。</translation>
    </message>
    <message>
        <source>No user&apos;s id starts with “%1”.</source>
        <translation>没有标识以“%1”开头的用户。</translation>
    </message>
</context>
<context>
    <name>transept::ui::UserModel</name>
    <message>
        <source>%1 in %2</source>
        <comment>number of interactions, domain</comment>
        <translation>%2 %1 条</translation>
    </message>
    <message>
        <source>%1 at %2: %3</source>
        <comment>user, platform, activity</comment>
        <translation>%1，%2：%3</translation>
    </message>
</context>
<context>
    <name>transept::ui::VocabularyPane</name>
    <message>
        <source>Text</source>
        <translation>文本</translation>
    </message>
    <message>
        <source>Items</source>
        <translation>物品</translation>
    </message>
    <message>
        <source>%1 (%2)</source>
        <comment>text of a facet, number of items</comment>
        <translation>%1（%2）</translation>
    </message>
    <message>
        <source>merge texts</source>
        <translation>合并文本</translation>
    </message>
    <message>
        <source>Select several texts, or a line of those alike, to make them one.</source>
        <translation>请选择多个文本，或一行相似文本，将其合而为一。</translation>
    </message>
    <message>
        <source>%1 become:</source>
        <comment>texts of a facet</comment>
        <translation>%1 变为：</translation>
    </message>
    <message>
        <source>No texts.</source>
        <translation>没有文本。</translation>
    </message>
    <message>
        <source>%1 of %2 texts</source>
        <translation>%2 个文本中的 %1 个</translation>
    </message>
    <message>
        <source>Facet whose texts are listed</source>
        <translation>列出其文本的方面</translation>
    </message>
    <message>
        <source>Find a text</source>
        <translation>查找文本</translation>
    </message>
    <message>
        <source>Texts of the facet</source>
        <translation>方面的文本</translation>
    </message>
    <message>
        <source>Enter shows the facets with this text</source>
        <translation>按回车显示有此文本的方面</translation>
    </message>
    <message>
        <source>Alike but for case, punctuation or a plural</source>
        <translation>仅大小写、标点或单复数不同</translation>
    </message>
    <message>
        <source>Text that the chosen ones become</source>
        <translation>所选文本将变成的文本</translation>
    </message>
    <message>
        <source>Merge</source>
        <translation>合并</translation>
    </message>
    <message>
        <source>Give all facets with one of these texts the text at the left; can be undone</source>
        <translation>把使用这些文本的所有方面改为左侧的文本；可撤销</translation>
    </message>
    <message>
        <source>One text for all that are chosen</source>
        <translation>所选文本统一改为</translation>
    </message>
</context>
<context>
    <name>transept::ui::WelcomePage</name>
    <message>
        <source>Does knowledge from other domains and from a language model make recommendations better here? How much, for whom, and why? Import your data, train, compare, and see.</source>
        <translation>来自其他领域和语言模型的知识，能让这里的推荐变得更好吗？好多少、对谁更好、为什么？导入数据，训练，对比，便知分晓。</translation>
    </message>
    <message>
        <source>Recent workspaces</source>
        <translation>最近的工作区</translation>
    </message>
    <message>
        <source>Workspaces that you open appear here.</source>
        <translation>打开过的工作区会显示在这里。</translation>
    </message>
    <message>
        <source>Remove from this list</source>
        <translation>从列表中移除</translation>
    </message>
</context>
</TS>
