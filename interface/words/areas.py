"""What the parts of the product are called in its navigation."""

from __future__ import annotations

from interface.words.phrase import Phrase

MY_WORK = Phrase("我的工作", "My work")
SUPERVISION = Phrase("督查整改", "Supervision")
PAIRINGS = Phrase("结对档案", "Pairings")
ASSESSMENT = Phrase("年度考核", "Assessment")
APPEALS = Phrase("申诉复核", "Appeals")
TRACING = Phrase("查证", "Records")
DATA = Phrase("数据", "Data")
ACCOUNTS = Phrase("账号管理", "Accounts")

FINDINGS = Phrase("问题整改", "Findings")
STATISTICS = Phrase("问题统计", "Statistics")
PAIRED = Phrase("年度结对", "Pairings of the year")
CADENCE = Phrase("主题党日节奏", "Party days")
UNITS = Phrase("联建单位", "Units")
VILLAGES = Phrase("联建村（社区）", "Villages")
COURSE = Phrase("考核进程", "Course of the year")
OVERVIEW = Phrase("全县总览", "County")
SCORES = Phrase("得分", "Scores")
TREND = Phrase("历年走势", "Trend")
VERIFICATION = Phrase("自评与审核", "Verification")
EVIDENCE = Phrase("佐证审核", "Evidence")
LATE = Phrase("截止与补录", "Cut-off")
RUNS = Phrase("年度核定", "Runs")
NOTICE = Phrase("公示", "Public notice")
RESULTS = Phrase("考核结果", "Results")
DOCUMENTS = Phrase("文书登记簿", "Documents issued")
USES = Phrase("结果运用", "Use of results")
SCHEMES = Phrase("考核细则", "Schemes")
TRAIL = Phrase("留痕", "Trail")
COMPARISON = Phrase("比较两个时点", "Comparison")
ANOMALIES = Phrase("异常线索", "Anomalies")
ACCESSES = Phrase("查阅记录", "Accesses")
