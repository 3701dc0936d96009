"""Writes expected.json: what `mismatch inspect` must say of the extracts.

Roles, schemes, vintages and rounding are stated here by hand, from PROVENANCE.md and from looking at
the files; counts come from this script's own reading (csv, openpyxl). Run from Tests/Accounts:
    ../../.build/independent/bin/python expected.py ../../../shared/extracts > expected.json
"""
import csv, json, re, sys
import openpyxl
from tables import *

MIXED19 = "E06000028 ended with the changes of 2019"
text("provision/FEAchSSAAug21-Apr22.csv",
     roles("area name:location;area code:location_code;area level:geographic_level;period:time_period;"
           "constant:notional_nvq_level|ethnicity_group|gender;category label:ssa_t1_desc;value:e_and_t_aims_ach"),
     schemes={"ssa_t1_desc": "SSA tier 1"}, rounding={"e_and_t_aims_ach": "nearest 10"},
     totals={"ssa_t1_desc": ["Total"]}, duplicates=0,
     vintages={"location_code": "after the changes of 2021, before those of 2023"}, side="provision")
text("provision/permalink-3960ad0f-fe-skills-level-provision-lad-201617-202021.csv",
     roles("area name:location;area code:location_code;area level:geographic_level;period:time_period;"
           "constant:age_group;category label:level_or_type;value:achievements"),
     schemes={"level_or_type": None}, rounding={"achievements": "nearest 10"}, duplicates=0,
     vintages={"location_code": "mixed: " + MIXED19}, side="provision",
     totals={"level_or_type": ["Apprenticeships: Total", "Community learning: Total",
                               "Education and training: Total", "Further education and skills: Total"]})
text("provision/C_Achieve_ILR21_full-year-202122.csv",
     roles("area level:geographic_level;area name:area;category label:SSA;filter:Level|sex;"
           "value:Achievements|Enrolments|Total_ach|Total_enr|pcAch|pcEnr;constant:Total"),
     schemes={"SSA": "SSA tier 1"}, rounding={"Achievements": "nearest 10", "Enrolments": "nearest 10"},
     totals={"Level": ["Total"], "sex": ["Total"]}, duplicates=0, side="provision")
LOANS = ("period:time_period;constant:time_identifier;area level:geographic_level;area code:country_code|region_code;"
         "area name:country_name|region_name;value:apps_received|apps_approved|loan_amount_awarded_in_thousands;")
ROUND = {"apps_received": "nearest 10", "apps_approved": "nearest 10", "loan_amount_awarded_in_thousands": "nearest 100"}
text("provision/adv-learner-loans-applications-202122.csv",
     roles(LOANS + "filter:characteristic_group|qualification_type|provider_type;category label:characteristic|ssa_t1_desc"),
     schemes={"ssa_t1_desc": "SSA tier 1", "characteristic": None}, rounding=ROUND, totals={"ssa_t1_desc": ["Total"]})
text("provision/adv-learner-loans-applications-202122-breakdown.csv",
     roles(LOANS + "filter:breakdown_topic;category label:breakdown"),
     schemes={"breakdown": "mixed: 15 of "}, rounding=ROUND, totals={"breakdown": ["Total"]})
text("provision/adv-learner-loans-applications-202122-breakdown.meta.csv", {})
APP = "period:year;filter:apps_Level"
text("provision/apprenticeships_ssa_tier2_standard_national.csv",
     roles(APP + "|std_fwk_flag;category label:ssa_t1_desc|ssa_t2_desc|std_fwk_name;measure:measure;value:values"),
     schemes={"ssa_t1_desc": "SSA tier 1", "ssa_t2_desc": "SSA tier 2", "std_fwk_name": None},
     rounding={"values": "none"}, duplicates=0, side="provision")
text("provision/apprenticeships_provider_standard_202223_202324.csv.gz",
     roles(APP + "|std_fwk_flag|provider_type;category label:ssa_t1_desc|ssa_t2_desc|std_fwk_name;measure:measure;"
           "value:values;unknown:provider_name"),
     schemes={"ssa_t1_desc": "SSA tier 1", "ssa_t2_desc": "SSA tier 2", "std_fwk_name": None},
     rounding={"values": "none"}, side="provision")
text("provision/apprenticeships_provider_region_202223_202324.csv.gz",
     roles(APP + "|provider_type|age_group;area name:delivery_region|learner_home_region;unknown:provider_name;"
           "value:starts|enrolments|achievements"), rounding={"starts": "none"}, side="provision")
text("provision/apprenticeships_provider_home_delivery_lad_202223_202324.csv.gz",
     roles("period:year;area name:learner_home_lad|delivery_lad;unknown:provider_name;value:starts|enrolments|achievements"),
     rounding={"starts": "none"}, side="provision")
text("od/apprenticeship_home_delivery_lad_202223.csv",
     roles("period:year;area name:learner_home_lad|delivery_lad;value:starts|enrolments|achievements"),
     rounding={"starts": "none", "achievements": "none"}, duplicates=0, side="provision")
HUB = "area name:Area;measure:metric;filter:Breakdown;category label:Subgroup;period:Period;value:valueText"
text("provision/fe_aims_ssa_ay2324_lsip_ca_england.csv", roles(HUB), schemes={"Subgroup": "SSA tier 1"},
     rounding={"valueText": "nearest 10"}, totals={"Subgroup": ["Total"], "Area": ["England"]}, duplicates=0, side="provision")
text("demand/vacancies_soc2020_jul25_lsip_ca_england.csv", roles(HUB), schemes={"Subgroup": "SOC 2020"},
     rounding={"valueText": "none"}, totals={"Subgroup": ["Total"], "Area": ["England"]}, duplicates=0, side="demand")
text("demand/aps_employment_soc2020_apr24mar25_lsip_ca_england.csv", roles(HUB),
     schemes={"Subgroup": "mixed: 26 of 35 labels are SOC 2020"},
     rounding={"valueText": "nearest 100"}, totals={"Subgroup": ["Total"]}, duplicates=0, side="demand")
text("demand/D_OnsProfDetail_Dec22.csv",
     roles("area level:geographic_level;area name:area;category label:Summary Profession Category|Detailed Profession Category;"
           "period:time_period;value:vacancies"),
     schemes={"Detailed Profession Category": "own (Textkernel professions)"}, rounding={"vacancies": "nearest 5"},
     totals={"area": ["England", "Total UK"]}, duplicates=0, side="demand")

HUB_KEYS = "area name:Area;measure:metric;filter:Breakdown;category label:Subgroup"
HUB_TOTALS = {"Area": ["England"], "Breakdown": ["Total"], "Subgroup": ["Total"]}
HUB_COUNTS = "area name:Area;measure:metric;constant:Breakdown|Subgroup"
MONTHS = tuple(f"{month}-" for month in "Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec".split())
wide("provision/fe_participation_achievements_ay1920_ay2324_lsip_ca_england.csv", HUB_KEYS, "AY", "nearest 10",
     totals=HUB_TOTALS, schemes={"Subgroup": None}, side="provision")
wide("demand/adverts_total_monthly_jul2021_jul2025_lsip_ca_england.csv", HUB_COUNTS, MONTHS, "none",
     totals={"Area": ["England"]}, side="demand")
wide("demand/new_adverts_uk_monthly_jan2017_dec2023.csv", "filter:level|field;category label:occupation",
     tuple(month.replace("-", " 20") for month in MONTHS), "none")
text("demand/vacancies_soc2020_jan25_lsip_ca_england.csv", roles(HUB), schemes={"Subgroup": "SOC 2020"},
     rounding={"valueText": "nearest 5"}, totals=HUB_TOTALS, periodKinds={"Period": "month"}, duplicates=0, side="demand")
text("demand/ess2017_employment_vacancies_shortage_by_occupation_lep.csv",
     roles("area name:LEP;measure:measure;category label:occupation;value:value"), totals={"occupation": ["Total"]},
     duplicates=0, side="demand")
text("demand/ess2019_vacancies_shortage_by_sector_lep.csv", roles("filter:sheet|group;measure:measure;value:value"),
     side="demand")
text("business/enterprise_births_deaths_active_2019_2023_lsip_ca_england.csv",
     roles(HUB_COUNTS + ";period:Period;value:valueText"), rounding={"valueText": "nearest 5"},
     totals={"Area": ["England"]}, duplicates=0)
wide("business/enterprise_count_industry_size_mar2020_mar2024_lsip_ca_england.csv", HUB_KEYS, "Mar ", "nearest 5",
     totals=HUB_TOTALS)
text("labour/aps_status_apr2020_mar2025_lsip_ca_england.csv", roles(HUB_COUNTS + ";period:Period;value:valueText"),
     rounding={"valueText": "nearest 100"}, totals={"Area": ["England"]}, duplicates=0)
wide("labour/aps_employment_soc2020_industry_apr2020_mar2025_lsip_ca_england.csv", HUB_KEYS, "Apr ", "nearest 100",
     schemes={"Subgroup": "mixed: 26 of 35 labels are SOC 2020"}, totals={"Area": ["England"], "Subgroup": []},
     side="demand")
wide("labour/aps_qualifications_2020_2024_lsip_ca_england.csv", HUB_KEYS, "Jan ", "nearest 100", totals=HUB_TOTALS,
     schemes={"Subgroup": None})
wide("projections/skills_imperative_employment_2010_2035_lsip_ca_england.csv.gz", HUB_KEYS, "20", "none",
     totals=HUB_TOTALS, side="demand")
text("claimants/claimant_count_gm_lad_ca_jan2014_dec2014.csv",
     roles("period:date;area code:area_code;area name:area_name;measure:measure;value:value"), periodKinds={"date": "date"},
     rounding={"value": "nearest 5"},
     duplicates=0)
text("claimants/claimant_count_london_borough_lsoa_sum_mar2019_mar2024_mar2025.csv",
     roles("area name:local_authority;period:date;value:claimant_count_lsoa_sum"), periodKinds={"date": "month"})
text("outcomes/sustained_destinations_ks4_ks5_ay1819_ay2223_lsip_ca_england.csv", roles(HUB),
     rounding={"valueText": "none"}, totals={"Area": ["England"], "Breakdown": ["Total"]}, duplicates=0)
text("outcomes/fe_outcomes_provider_2021_22_2022_23.csv",
     roles("period:time_period;unknown:provider_ukprn|provider_name;filter:provision;value:number_of_learners|"
           "number_of_matched_learners|spd_percent|emp_percent|learn_percent|no_dest_percent"),
     rounding={"number_of_learners": "nearest 10", "spd_percent": "none"}, totals={"provision": ["Total"]}, duplicates=0)
text("funding/FE-Allocations-2019-2020.csv", roles("area name:Region|Local Authority (LA);filter:Category;value:Total Students"))
text("funding/adult_budgets_and_rates_cited.csv", roles("area name:area;filter:level|fund|unit"),
     totals={"area": ["England"]})
text("funding/apprenticeship_cap_by_ssa_starts_2022_23_DERIVED.csv", roles("category label:ssa_t1_desc|ssa_t2_desc"),
     schemes={"ssa_t1_desc": "SSA tier 1", "ssa_t2_desc": "SSA tier 2"},
     totals={"ssa_t1_desc": ["Total"], "ssa_t2_desc": ["Total"]})
text("funding/lars_apprenticeship_funding_standards_aug2020.csv", roles("constant:ApprenticeshipType|ProgType|PwayCode"))
text("funding/lars_standard_aug2020.csv", roles("constant:Version"))
text("lookup/SectorSubjectArea.csv", roles("category label:SectorSubjectAreaTier1Desc|SectorSubjectAreaTier2Desc"),
     schemes={"SectorSubjectAreaTier1Desc": "SSA tier 1", "SectorSubjectAreaTier2Desc": "SSA tier 2"})

text("lookup/lsip_lad_hierarchy.csv",
     roles("period:first_available_year_included|most_recent_year_included;area name:lad_name|lsip_name;area code:lad_code|lsip_code"),
     vintages={"lad_code": "mixed: "})
text("lookup/lsips.csv", roles("area code:lsip_code;area name:lsip_name;filter:status;date:date_of_operation|date_of_termination"))
text("lookup/leps.csv", roles("area code:local_enterprise_partnership_code;area name:local_enterprise_partnership_name;"
                              "filter:status;date:date_of_introduction|date_of_termination"))
text("lookup/lads.csv", roles("area code:lad_code;area name:lad_name;filter:status;date:date_of_introduction|date_of_termination"),
     vintages={"lad_code": "mixed: "})
text("lookup/regions.csv", roles("area code:region_code;area name:region_name"))
text("lookup/english_devolved_areas.csv", roles("area code:english_devolved_area_code;area name:english_devolved_area_name;"
                                                "date:date_of_termination|date_of_introduction"))
text("lookup/region_la_hierarchy.csv", roles("area code:region_code|new_la_code;area name:region_name|la_name;unknown:old_la_code"),
     vintages={"new_la_code": "mixed: "})
text("lookup/Local_Authority_District_to_Combined_Authority_(May_2025)_Lookup_in_EN.csv",
     roles("area code:LAD25CD|CAUTH25CD;area name:LAD25NM|CAUTH25NM;identifier:ObjectId"),
     vintages={"LAD25CD": "2025 (column name)", "CAUTH25CD": "2025 (column name)"})
text("lookup/Local_Authority_District_(2011)_to_Local_Authority_District_(2021)_Lookup_for_England_and_Wales.csv",
     roles("area code:LAD11CD|LAD21CD;area name:LAD11NM|LAD11NMW|LAD21NM|LAD21NMW;identifier:ObjectId"),
     vintages={"LAD11CD": "2011 (column name)", "LAD21CD": "2021 (column name)"})
text("lookup/Local_Authority_District_to_Region_(December_2022)_Lookup_in_England.csv",
     roles("area code:LAD22CD|RGN22CD;area name:LAD22NM|RGN22NM;identifier:ObjectId"),
     vintages={"LAD22CD": "2022 (column name)", "RGN22NM": "2022 (column name)"})
text("lookup/LocalAuthorityDistricts2011.csv",
     roles("identifier:OBJECTID|GlobalID;area code:LAD11CD;area name:LAD11NM|LAD11NMW;unknown:LAD11CDO|Shape__Area|Shape__Length"),
     vintages={"LAD11CD": "2011 (column name)"})
text("lookup/ltla_centroids.csv", roles("area code:code;area name:name;unknown:lat|lon"),
     vintages={"code": "after the changes of 2021, before those of 2023"})
text("crosswalk/CIP2020_SOC2018_Crosswalk.csv",
     roles("category code:CIP2020Code|SOC2018Code;unknown:CIP2020Title|SOC2018Title"),
     schemes={"CIP2020Code": "CIP 2020 (United States)", "SOC2018Code": "SOC 2018 (United States)"})
text("crosswalk/soc2010.csv", roles("category code:major_group|sub_major_group|minor_group|unit_group;unknown:group_title"),
     schemes={"unit_group": "SOC 2010", "major_group": "SOC 2010"})
text("crosswalk/leo_subject_by_industry_region_level.csv",
     roles("area name:Region;category label:Sector|Subject;constant:Subsector;filter:Level_order;"
           "value:median_income|perc|number_students_sub"),
     schemes={"Sector": None, "Subject": "like SSA tier 1: 12 of 16"}, totals={"Level_order": ["All levels"], "Region": ["England"]},
     rounding={"median_income": "nearest 100", "number_students_sub": "nearest 10"}, duplicates=0)
text("nomis/NM_2006_1_782887f22b2a00a637e8705755f19f11.tsv",
     roles("area code:GEOGRAPHY_CODE;period:PROJECTED_YEAR_NAME;unknown:GENDER|C_AGE;value:OBS_VALUE"),
     rounding={"OBS_VALUE": "none"}, duplicates=0)
text("nomis/nomis_mortality_api_columns.csv",
     roles("period:DATE|DATE_NAME|DATE_CODE;unknown:GEOGRAPHY;area name:GEOGRAPHY_NAME;area code:GEOGRAPHY_CODE;"
           "category label:CAUSE_OF_DEATH_NAME|CAUSE_OF_DEATH_CODE;filter:GENDER_NAME;measure:MEASURES_NAME;value:OBS_VALUE;"
           "flag:OBS_STATUS|OBS_STATUS_NAME|OBS_CONF|OBS_CONF_NAME;identifier:URN|RECORD_OFFSET;constant:RECORD_COUNT"),
     schemes={"CAUSE_OF_DEATH_NAME": None}, totals={"GENDER_NAME": ["Total"]}, duplicates=0)

odd("crosswalk/leo_education_to_employment_datasets.rds", format="R object (.rds)", refused=True)
NOMIS = dict(format="delimited text", lineEnds="LF", delimiter="comma")
# Laid out: a row for each figure, the keys of the preamble as columns.
LAID = "area name:area;category label:category;value:value"
odd("nomis/Employment by occupation - Dec 2021 - SOC2010 - APS.csv", **NOMIS, encoding="ASCII BOM", header=[1],
    rows=225 * 207, columns=7, reader="nomis-download", roles=roles(LAID + ";area level:area_type;confidence:confidence;flag:flag"),
    schemes={"category": "SOC 2010"}, rounding={"value": "nearest 100"}, side="demand", totals={"area": ["England"]})
for year in (2016, 2018, 2019):
    odd(f"nomis/Employment by sector - BRES {year}.csv", **NOMIS, encoding="ASCII BOM", header=[1, 2], rows=207 * 39,
        columns=8, reader="nomis-download", roles=roles(LAID + ";area level:area_type;flag:flag;measure:measure"),
        schemes={"category": "mixed: 21 of 39 labels are SIC 2007 sections"},
        rounding={"value": "bres"}, totals={"area": ["England"]}, side="demand")
odd("nomis/WF02EW LAD2011.csv", **NOMIS, encoding="ASCII", header=[9, 10], rows=346 * 346, columns=7, reader="origin-destination",
    keys={"Population": "All usual residents aged 16 and over in employment the week before the census", "Units": "Persons",
          "Date": "2011", "Sex": "All persons"}, footnotes=3, blocks=1,
    roles=roles("area name:origin|destination;value:value"),
    vintages={"origin": "2011 (census merged)", "destination": "2011 (census merged)"}, rounding={"value": "none"})
odd("nomis/QS102EW LAD2011.csv", **NOMIS, encoding="ASCII", header=[9], rows=348, columns=11, reader="nomis-download",
    keys={"Population": "All usual residents", "Units": "Persons", "Rural Urban": "Total",
          "Area/Population Density": "All usual residents"}, footnotes=3, blocks=1,
    roles=roles("area name:area;period:period;value:value"),
    vintages={"area": "prior to April 2015"}, rounding={"value": "none"})

REF = "demand/referencetablesupdated.xlsx"
odd(REF + "[Cover_sheet]", format="workbook", noTable=True)
odd(REF + "[4]", format="workbook", noTable=True)
sheet(REF, "Contents", [2], 3, 8, {})
sheet(REF, "Notes", [3], 4, 10, {})
sheet(REF, "1", [4], 5, 335, {"Local authority": "area name", "Region": "area name", "2017": "value"},
      reader="titled-table", headings={"role": "period", "count": 6}, side="demand")
for name, last in [("2", 17), ("3", 17), ("5", 16)]:
    sheet(REF, name, [4], 5, last, {"Region": "area name", "2022": "value"}, reader="titled-table",
          headings={"role": "period", "count": 6})
sheet(REF, "6", [4], 5, 52, {"Year": "period", "Region": "area name", "Volume of adverts, new": "value"},
      reader="titled-table")
# The rows of changes below the table are rows of it for the reader; the proposal leaves them out.
for name, last in [("levels", 307), ("ratios", 306)]:
    sheet("demand/VACS02_vacancies_by_industry_SIC07.xlsx", name, [4, 5, 6], 9, last, {"SIC 2007 sections": "period"},
          headings={"role": "category label", "count": 23, "scheme": "mixed: 18 of 23 labels are SIC 2007 sections"},
          blocks=1, periodKinds={"SIC 2007 sections": "rolling three months"}, side="demand")
sheet("demand/VACS01_vacancies_unemployment_2001_2025.xlsx", "VACS01", [4, 5], 7, 299,
      {"All Vacancies1 (thousands) | AP2Y": "value"}, markers={"Unemployment2 (thousands) | MGSC": {"..": 1}}, side="demand")
JOBS = "demand/JOBS05_workforce_jobs_by_region_industry.xlsx"
sheet(JOBS, "Introduction", [7], 9, 23, {})
AREAS = ["North East", "North West", "Yorkshire and The Humber", "East Midlands", "West Midlands", "East of England", "London",
         "South East", "South West", "England", "Wales", "Scotland", "Northern Ireland", "Great Britain", "United Kingdom"]
for n, area in enumerate(AREAS):
    sheet(JOBS, f"{n + 1}. {area}", [5, 6], 7, 124, {"SIC 2007 section": "period", "Manufacturing | C": "value"},
          headings={"role": "category label", "count": 22, "scheme": "SIC 2007 sections"},
          periodKinds={"SIC 2007 section": "month"}, side="demand")
sheet("lookup/2020 LEP.xlsx", "Sheet1", [1], 2, 315,
      {"LACD": "area code", "LANM": "area name", "ERCD": "area code", "ERNM": "area name"},
      levels={"LACD": {"district": 314}, "ERCD": {"LEP": 38}},
      vintages={"LACD": "after the changes of 2020, before those of 2021"})
sheet("lookup/2020 LEP.xlsx", "Sheet3", [1], 2, 315, {"LACD": "area code", "LANM": "area name"})
sheet("lookup/2020 LEP.xlsx", "Sheet2", [1], 2, 315, {"ERCD": "area code", "ERNM": "area name"})
sheet("lookup/LSIP_lookup.xlsx", "LA Districts to LSIPs", [1], 2, 297,
      {"LAD23CD": "area code", "LAD23NM": "area name", "LSIP23CD": "area code", "LSIP23NM": "area name",
       "NEW LSIP GEOGRAPHY (4 london areas)": "area name"}, vintages={"LAD23CD": "2023 (column name)"})
sheet("lookup/oldLAs.xlsx", "Data", [1], 2, 297,
      {"time_period": "period", "area": "area name", "location_code": "area code", "level_or_type": "category label",
       "achievements": "value"}, rounding={"achievements": "nearest 10"}, side="provision")
sheet("lookup/oldLAs.xlsx", "LADs", [1], 2, 37, {"LADNM": "area name", "LADCD ": "area code", "LAD23CD": "area code"})
sheet("lookup/oldLAs.xlsx", "Sources", [1], 2, 4, {})  # no headings: its first row is read as such
SOC = "crosswalk/soc2020volume1structureanddescriptionofunitgroupsexcel16042025.xlsx"
sheet(SOC, "SOC2020 descriptions", [1], 2, 552, {"SOC 2020 Unit Group": "category code"}, schemes={"SOC 2020 Unit Group": "SOC 2020"})
sheet(SOC, "SOC2020 Framework", [1], 2, 795, {"SOC2020 Unit Group": "category code"}, schemes={"SOC2020 Unit Group": "SOC 2020"})
def stacked(path, across, **more):
    ws = openpyxl.load_workbook(f"{ROOT}/{path}", data_only=True)["Data"]
    rows = [r for r in ws.iter_rows(values_only=True) if re.match(r"(ladu|lep|country|User Defined Geography):", str(r[0]))]
    blocks = [r for r in ws.iter_rows(values_only=True) if r[0] == "date"]
    OUT[f"{path}[Data]"] = dict(format="workbook", rows=len(rows) * across, blocks=len(blocks), reader="nomis-download",
                                keyTexts={"date": [cell(b[1]) for b in blocks]}, **more)
stacked("nomis/nomis_2022_11_08_125617_APS_T09a_stacked.xlsx", 25, columns=10, header=[7, 8],
        roles=roles(LAID + ";area level:area_type;period:period;confidence:confidence"),
        schemes={"category": "SOC 2010"}, periodCounts={"period": 5}, side="demand")
stacked("nomis/nomis_2022_11_08_130847_UBC_size.xlsx", 5, columns=10, header=[8],
        roles=roles("area level:area_type;area name:area;filter:category;value:value"), totals={"category": ["Total"]},
        rounding={"value": "nearest 5"})

def demography(path):
    """Sheets of years by district or by industry: a heading on line 4 or 5, and rows to the first blank line."""
    for ws in openpyxl.load_workbook(f"{ROOT}/{path}", data_only=True).worksheets:
        name = f"{path}[{ws.title}]"
        OUT[name] = {"format": "workbook"}
        if ws.title == "Cover":
            OUT[name]["noTable"] = True
        if not re.match(r"Table [1-7]\.\d|Table 8", ws.title) or ws.title.startswith("Table 4"):
            continue
        first = {"Table 6": 6, "Table 8": 6}.get(ws.title[:7], 5)
        rows = [r for r in ws.iter_rows(min_row=first, values_only=True) if r[0] is not None]
        years = [v for v in next(ws.iter_rows(min_row=4, max_row=4, values_only=True))[1:] if v not in (None, "")]
        OUT[name]["rows"] = len(rows)
        if ws.title == "Table 8":
            OUT[name]["header"] = [4, 5]
        else:
            OUT[name]["header"] = [first - 1]
        if ws.title[6] in "1237":
            OUT[name]["headings"] = {"role": "period", "count": len(years)}

demography("business/businessdemographyexceltables2024.xlsx")
OUT["business/businessdemographyexceltables2024.xlsx[Industry Definition]"].update(
    header=[3], rows=20, roles={"SIC07 section letter": "category label"}, schemes={"SIC07 section letter": "SIC 2007 sections"})
# Sheets that stack levels, shares, growth and changes: every sheet must have an account, hidden ones too.
LONDON = "projections/GL_LSIP_MainTables.Main.xlsm"
for ws in openpyxl.load_workbook(f"{ROOT}/{LONDON}", data_only=True).worksheets:
    OUT[f"{LONDON}[{ws.title}]"] = {"format": "workbook"}
OUT[f"{LONDON}[Contents]"].update(header=[4], rows=27)
OUT[f"{LONDON}[Qual T1]"].update(header=[3], rows=43, columns=6, reader="titled-table")  # all its further tables
json.dump(OUT, sys.stdout, indent=1, ensure_ascii=False)
print()
