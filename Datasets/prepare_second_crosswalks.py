#!/usr/bin/env python3
"""Make the second crosswalks of Datasets/london and Datasets/london-sectors.

    python3 Datasets/prepare_second_crosswalks.py EXTRACTS_DIR

EXTRACTS_DIR must hold the source named in SOURCE, byte for byte as published
(its SHA-256 is checked): which programmes of education (CIP 2020) prepare for
which occupations (SOC 2018), by the US National Center for Education Statistics
and the US Bureau of Labor Statistics. Written beside this script, in each of the
two folders: programmes.csv.

Three steps, of which the middle one, which decides how a profession is split, is
published and knows nothing of the first crosswalks:

  profession -> US occupations    PROFESSIONS below, by name alone
  US occupation -> US programmes  the source
  US programme -> sector          PROGRAMMES below, by the title of its CIP series

The weight of a sector in a profession is the mean over its occupations of the
share of their programmes that belong to the sector. Programmes that belong to
none (interdisciplinary, liberal arts, basic skills) are left out of the shares.
A profession none of whose occupations has a programme is not in the source's
reach: it keeps the rows of the first crosswalk, and the column `basis` says so.

Standard library only; the same input gives the same bytes.
"""
import csv
import hashlib
import sys
from collections import defaultdict
from fractions import Fraction
from pathlib import Path

HERE = Path(__file__).resolve().parent
SOURCE = "crosswalk/CIP2020_SOC2018_Crosswalk.csv"
DIGEST = "8d0793e9df0a06aa8757d221957b5f5394d676e0cec41a801f31825af38a73ba"

# The CIP series or code that a programme begins with, the longest one that fits:
# sector of Datasets/london (SSA tier 1), then of Datasets/london-sectors. "-" is none.
PROGRAMMES = """
01 03 land-and-animals
01.1 03 science
01.10 04 engineering-and-manufacturing
01.82 15 business-and-administration
03 03 land-and-animals
04 05 construction
05 11 -
09 09 creative-and-cultural
09.09 15 marketing-and-sales
10 09 creative-and-cultural
11 06 digital
12 07 -
12.03 07 property-and-other-services
12.04 07 hair-and-beauty
12.05 07 hospitality-and-catering
12.06 07 sport-leisure-and-travel
13 13 education-and-childcare
14 04 engineering-and-manufacturing
14.04 05 construction
14.08 05 construction
14.33 05 construction
14.38 05 construction
14.09 06 digital
15 04 engineering-and-manufacturing
15.01 05 construction
15.02 05 construction
15.05 04 engineering-and-manufacturing
15.0501 05 construction
15.0701 01 health-and-safety
15.0703 01 health-and-safety
15.10 05 construction
15.11 05 construction
15.12 06 digital
16 12 -
19 01 health-and-care
19.01 01 -
19.02 15 business-and-administration
19.0203 07 retail
19.05 01 health-and-care
19.06 05 construction
19.07 01 education-and-childcare
19.09 04 fashion-and-textiles
19.0905 07 retail
22 15 finance-and-law
22.0301 15 business-and-administration
23 12 creative-and-cultural
25 09 creative-and-cultural
26 02 science
27 02 science
28 01 public-services
29 01 public-services
30.1601 15 finance-and-law
30.70 06 digital
30.71 06 digital
31 08 sport-leisure-and-travel
38 10 -
39 10 property-and-other-services
40 02 science
41 02 science
42 11 health-and-care
43 01 public-services
43.0405 15 finance-and-law
44 01 public-services
44.00 01 health-and-care
44.07 01 health-and-care
45 11 -
46 05 construction
47 04 engineering-and-manufacturing
47.02 05 construction
47.0600 04 automotive
47.0603 04 automotive
47.0604 04 automotive
47.0605 04 automotive
47.0606 04 engineering-and-manufacturing
47.0611 04 automotive
47.0612 04 automotive
47.0613 04 automotive
47.0614 04 automotive
47.0615 04 automotive
47.0617 04 automotive
47.0618 04 automotive
48 04 engineering-and-manufacturing
48.03 04 fashion-and-textiles
49 04 logistics-and-transport
50 09 creative-and-cultural
50.0407 09 fashion-and-textiles
51 01 health-and-care
51.07 15 business-and-administration
51.2202 01 health-and-safety
51.2206 01 health-and-safety
51.35 07 hair-and-beauty
52 15 business-and-administration
52.03 15 finance-and-law
52.0203 07 logistics-and-transport
52.0208 15 marketing-and-sales
52.0212 07 retail
52.0209 07 logistics-and-transport
52.0409 07 logistics-and-transport
52.0410 07 logistics-and-transport
52.08 15 finance-and-law
52.09 07 hospitality-and-catering
52.0903 08 sport-leisure-and-travel
52.0906 08 sport-leisure-and-travel
52.0907 08 business-and-administration
52.12 06 digital
52.14 15 marketing-and-sales
52.15 15 property-and-other-services
52.16 15 finance-and-law
52.17 15 finance-and-law
52.18 15 marketing-and-sales
52.1803 07 retail
52.19 07 retail
52.1905 08 sport-leisure-and-travel
52.1906 08 sport-leisure-and-travel
52.1908 15 marketing-and-sales
52.1910 08 marketing-and-sales
52.20 05 construction
54 10 -
60 01 health-and-care
60.03 03 land-and-animals
61 01 health-and-care
"""

# Each profession of the adverts and the US occupations with its work, by code or by
# the beginning of several codes.
PROFESSIONS = """
Accountants | 13-2011
Actors | 27-2011
Administration and Customer Service (other) | 43-6014 43-4051 43-9061
Administrative Personnel | 43-9061 43-6014
Advertisements and Publicity Promotors and Personnel | 41-3011 41-9011
Agricultural Employees | 45-209
Agricultural and Livestock Specialists | 19-1011 19-1013 25-9021
Agriculture and Fisheries Supervisors | 45-1011
Agriculture, Livestock and Fishing (other) | 45-20 11-9013
Air Traffic Controllers, Traffic Controllers, and Harbourmasters | 53-2021 53-2022 43-5032
Air, Water and Road Inspectors | 53-6051 53-1049
Alternative Healers | 29-1291 31-9011 29-1011
Animal Trainers, Caregivers, and Keepers | 39-20
Army Soldiers, Corporals and Petty Officers | 55-30
Art and Media Higher Education Teachers | 25-1121 25-1122
Art, Culture, and Media Managers | 27-2012 11-9072 25-4012
Articles and Products Representives | 41-4011 41-4012
Arts, Culture and Media (other) | 27-1019 27-2099 27-3099
Auctioneers and Staff | 41-9099 13-2022
Audio/visual Editors | 27-4032 27-4014
Automation Assistants | 17-3024 17-3026
Bank Branch Employees | 43-3071 43-4141 13-2072
Beauticians | 39-5094 39-5092 39-5012
Biologists | 19-102
Borers and Drilling Supervisors | 47-5023 47-5012
Bricklayers and Stonemasons | 47-2021 47-2022
Brokers | 41-9021 41-9022 41-3031
Buildings and Premises Cleaners | 37-2011 37-2019
Business Administration and Engineering Experts | 17-2112 13-1082
Business Managers and Agents | 13-1011
Business Services Account Managers | 41-3091 11-2022
Butchers, Slaughterers and Bakers | 51-3011 51-3021 51-3023
Buyers | 13-1022 13-1023
CNC Operators and Programmers | 51-916
Care Assistants | 31-1121 31-1122 31-1131
Care Managers | 11-9111 11-9151
Care and Welfare Directors | 11-9111 11-9151
Carers | 31-1121 31-1122
Caretakers and Administrators | 37-1011 49-9071 11-9141
Carriage and Transport Managers | 11-3071
Casino Staff and Bookmakers | 39-301 39-1013
Chefs and Other Food Preparers | 35-1011 35-2014 35-2012
Chemical Engineers, Designers, and Technicians | 17-2041 19-4031
Chemical and Technical Higher Education Teachers | 25-1052 25-1032
Chemists and Laboratory Technicians | 19-2031 19-4031
Childcare Employees | 39-9011 25-2011
Civil Engineering Contractors and Project Leaders | 11-9021 17-2051
Civil Engineering Draughtsmen and Designers | 17-3011
Civil Engineering Engineers, Designers, and Technicians | 17-2051 17-3022
Cleaning and Maintenance (other) | 37-2 49-9071
Cleaning and Maintenance Managers | 37-1011 11-3013
Clergy and Pastoral Workers | 21-20
Commercial Personnel and Telemarketers | 41-9041 41-3091
Communication, Marketing and Public Relations (other) | 13-1161 27-3031
Communication, Marketing and Public Relations Managers | 11-2011 11-2021 11-2032
Computing and Science Lecturers | 25-1021 25-1022 25-1042 25-1052 25-1054
Concrete Construction Workers and Roofers | 47-2051 47-2181
Conductors, Composers, and Choreographers | 27-2041 27-2032
Construction Contractors | 47-1011 47-2031
Construction Draughtsman and Designers | 17-3011 17-1011
Construction Engineers, Designers, and Technicians | 17-1011 17-2051 17-3022
Construction Finishers | 47-2031 47-2081 47-2141 47-2044
Construction Plumbers and Fitters | 47-2152
Construction Project Leaders | 11-9021
Construction and Civil Engineering Machinists | 47-2073 47-2071
Construction and Mining (other) | 47-2 47-4
Construction and Mining Managers | 11-9021
Constructors, Builders, and Fitters | 51-2041 51-2031
Consultants and Specialists | 15-1211 15-1299 13-1111
Couriers and Delivery Personnel | 43-5021 53-3033
Course Leaders and Instructors | 25-3021 25-3099 13-1151
Court Support Staff | 23-2011 43-4031
Cultivators | 45-2092 45-2091
Customer Service Personnel | 43-4051
Database Specialists | 15-1242 15-1243
Deans and Coordinators | 11-9033 25-9031
Defence (other) | 55-1 55-3
Dentists and Dental Specialists | 29-102
Detectives and Security Experts | 33-3021 33-9021
Directors and Producers | 27-2012
Economists | 19-3011
Education and Training (other) | 25-3 25-9
Educational Directors, Deputy Heads, and Headmasters | 11-9031 11-9032
Educational Support Staff | 25-904
Electrical Draughtsmen and Engineers | 17-3012 17-2071
Electrical Engineers, Designers, and Technicians | 17-2071 17-2072 17-3023 47-2111
Electrical Equipment Mechanics | 49-209
Elevator, Escalator, and Door Mechanics | 47-4021 49-9011
Engineering (other) | 17-2199 17-3029
Engineering Calculators and Planners | 13-1051 43-5061
Engineering Managers | 11-9041
Engravers, Hand Printers, and Precision Painters | 51-9194 51-9123
Entertainers | 27-2099
Environmentalists and Inspectors | 19-2041 19-1031
Exact Sciences Higher Education Teachers | 25-1022 25-1054 25-1052
Farmers and Animal Breeders | 11-9013 45-2021
Film, Theatre, Television, and Studio Technicians | 27-401 27-4031
Financial Directors | 11-3031
Financial Experts | 13-205
Financial-administrative Personnel | 43-30
Firefighters | 33-2011
Fishermen and Fish Farmers | 45-3031 45-2093
Food Processing Personnel | 51-309
Forest Workers and Managers | 45-40 19-1032
Foundries, Casting Model Makers | 51-406 51-4071
Freight Drivers | 53-3032 53-3033
Front Desk and Rental Personnel | 41-2021 43-4081
Fundraisers | 13-1131 11-2033
Funeral Personnel | 39-40
Gardeners | 37-3011
Gauge and Valve Mechanics | 49-9012
General Directors | 11-1011 11-1021
General Managers | 11-1021
Geologists and Physical Geographers | 19-2042 19-3092
Glass and Stone Workers | 47-2121 51-9195
Goods Handling, Crane Operators and Drivers | 53-7051 53-7021
Governance and Industry Policy Managers | 11-1031 11-9151 13-1111
Government Administrators | 43-4061 13-1041
Government Inspectors | 13-1041 13-2081
Graphics Finishers | 51-5113
Ground and Road Workers | 47-4051 47-2061
Hairdressers | 39-501
Head Nurses and Coordinators | 29-1141 11-9111
Heads of Administration and Customer Services | 43-1011 11-3012
Heads of Natural and Environmental Sciences | 11-9121
Heads of Police, Fire and Security | 33-10
Heads of Procurement and Warehouse Management | 11-3061 11-3071
Heads of Public Authorities | 11-1031 11-9151
Healthcare (other) | 31-909 29-2099
Hospitality (other) | 35-1012 35-3011
Hospitality Personnel (other) | 35-3 35-9
Hospitality and Catering Managers | 11-9051 11-9081
Hospitality and Catering Senior Personnel | 35-1012
Hospitality and Service Personnel | 35-30
Humanities Lecturers | 25-1125 25-1126 25-1123
IT Coordinators | 15-1211 13-1082
IT Managers | 11-3021
IT R&D Professionals | 15-1221
IT Testers | 15-1253
Illustrators and Designers (2D) | 27-1024 27-1014
Illustrators and Designers (3D) | 27-1021 27-1025 27-1022
Industrial Machinery Mechanics | 49-9041
Information Desk Personnel | 43-4171
Information and Communication Technology (other) | 15-12
Information and Public Relations Personnel | 27-3031
Inspectors and Regulators | 45-2011 13-1041
Installation, Repair and Maintenance (other) | 49-9099 49-9071
Installation, Repair and Maintenance Inspectors | 51-9061 47-4011
Installation, Repair, and Maintenance Heads/managers | 49-1011 11-3013
Insurance & Finance Advisors | 13-2052 41-3021
Insurance & Finance Managers | 11-3031
Insurance & Finance Personnel | 43-9041 43-4131 43-3011
Insurance Specialists | 13-2053 13-1031
Insurance and Finance (other) | 13-20
Interior Cleaners | 37-2012
Jewellers and Gem Processors | 51-9071
Journalists and Editors | 27-3023 27-3041
Judges | 23-1023
Kitchen Assistants | 35-2021 35-9021
Laboratory Technicians | 29-201 19-4021
Labour Managers | 11-3121
Language and Cultural Higher Education Teacher | 25-1123 25-1124
Law, Economics and Social Sciences Lecturers | 25-1112 25-1063 25-1067 25-1065
Lawyers | 23-1011
Lawyers and Support Staff | 23-1011 23-2011
Legal, Human Resources and Social Services (other) | 23-2099 13-1071 21-1099
Leisure, Sports and Tourism (other) | 39-9032 39-7012
Librarians and Documentalists | 25-401 25-402
Loaders and Order Pickers | 53-7065 53-7064
Loading and Unloading Workers | 53-7062
Machine Woodworkers | 51-7042 51-7041
Machined Metal Workers | 51-403 51-4041
Machined Plastics Processors | 51-4072 51-4199
Management Analysts and Consultants | 13-1111
Management, Policy and Governance (other) | 11-1021
Market and Street Vendors | 41-9091
Marketing and Advertising Personnel | 13-1161
Material and Process Technologists | 17-2131 17-3026
Mathematicians and Statisticians | 15-2021 15-2041
Mechanical Engineering Draughtsmen and Designers | 17-3013
Mechanical Engineering Engineers, Designers, and Technicians | 17-2141 17-3027
Mechanics and Joiners (other) | 49-9071 47-2031
Medical Assistants | 31-9092 31-1131
Medical Sciences Lecturers | 25-1071 25-1072
Mobile Machinery Mechanics | 49-3041 49-3042
Municipal Cleaning Staff | 53-7081
Museum Personnel | 25-4012 25-4013
Musicians, Singers and Dancers | 27-2042 27-2031
Natural and Environmental Sciences (other) | 19-1 19-20
Network Specialists | 15-1241 15-1231
Notaries and Support Staff | 23-2093 23-2099
Nursing | 29-1141
Nutritionists and Therapists | 29-1031 29-1122 29-1123 29-1127
Occupational Health Experts and Inspectors | 19-50
Office Equipment Mechanics | 49-2011
Painters and Sprayers | 51-9124 47-2141
Personal Care Company Managers | 11-9179 39-1022
Personal Services (other) | 39-9099 39-6012
Personnel and Labour Experts | 13-1071 13-1075
Personnel and Salaries Administrators | 43-4161 43-3051
Pharmacists and Pharmacologists | 29-1051
Photographers and Cameramen | 27-4021 27-4031
Photography and Microchips Developers | 51-9151 51-9141
Physicians | 29-1215 29-1216 29-1229
Physicists | 19-2012
Pilots | 53-201
Plane, Train and Ship Mechanics | 49-3011 49-3043 49-3051
Planners | 43-5061 13-1081
Police Inspectors | 33-1012
Police Investigators | 33-3021
Police, Fire Department and Security (other) | 33-3 33-9
Policemen | 33-3051
Policy Advisers | 19-3094 13-1111
Political Legislators, Representatives | 11-1031
Precision and Musical Instrument Technicians | 49-906
Presenters | 27-3011
Primary School Teachers | 25-2021
Printers | 51-5112
Printing Preparation and Layout Personnel | 51-5111 43-9031
Prison Guards | 33-3012
Process Operators | 51-8091 51-9011
Procurement and Warehouse Management (other) | 43-5071 43-3061
Production (other) | 51-9199 51-1011
Production Managers | 11-3051
Production Personnel | 51-2092 51-9199
Production Supervisors | 51-1011
Professional Athletes | 27-2021
Programmers | 15-1251 15-1252
Prosecutors | 23-1011
Psychologists and Educational Consultants | 19-3033 19-3034 21-1012
Public Authorities Directors | 11-1031 11-9151
Public Sector Work and Income Specialists | 43-4061 21-1093
Public and Private Chauffeurs/drivers | 53-3053 53-3052
Publishers | 27-3041
Quality Controllers and Sorters | 51-9061
Receptionists | 43-4171
Recreation Employees | 39-3091 39-9032
Recreation and Tourism Managers and Directors | 11-9072
Refrigeration, Heating, and White Goods Mechanics | 49-9021 49-9031
Researchers and Analysts | 19-1042 19-1041
Restorers | 25-4013
Retail Sales Leaders | 41-1011
Safety and Security Personnel | 33-9032
Sales Managers | 11-2022
Sales Promotion Personnel | 41-9011
Sales and Trading (other) | 41-9099 41-3091
Schedulers and Coordinators | 43-5032 43-5061
Scientists | 19-1 19-20 19-30
Sea Captains and Mates | 53-5021
Secondary School Teachers | 25-2031
Secretaries | 43-601
Secretaries (associations and government services) | 43-6011
Sellers | 41-2031 41-2022
Service Leaders and Coordinators | 53-1049 53-1044
Social Work Managers | 11-9151
Social Workers | 21-102
Social and Health Higher Education Teachers | 25-1113 25-1072
Specialised Nurses | 29-1141 29-1171 29-1161
Specialists and Surgeons | 29-121 29-122 29-124
Sports Instructors | 39-9031 27-2022
Sports Officials | 27-2023
Stewards and Hosts | 53-2031 53-6061
Stylists | 39-5091 39-5012
Support Staff | 15-1232
Surveyors and Cartographers | 17-1021 17-1022 17-3031
System Developers and Analysts | 15-1211 15-1252
System and Application Administrators | 15-1244
Teacher Training Educators | 25-1081
Technical Sciences Lecturers | 25-1032
Technical and Vocational Secondary Education Teachers | 25-2032
Technicians and Medical Device Makers | 49-9062 51-908
Telephonists and Announcers | 43-2011 43-2021
Textile Personnel | 51-60
Tour Leaders and Guides | 39-70
Traders | 41-3031
Train Drivers and Conductors | 53-40
Trainers and Coaches | 27-2022 13-1151
Translators and Interpreters | 27-3091
Transport and Traffic (other) | 53-30
Travel and Travel Agency Personnel | 41-3041
Typists | 43-9022
Union and Association Directors | 11-1011 13-1075
University Lecturers (other) | 25-1199
Vehicle Mechanics | 49-3023 49-3031
Vehicle and Equipment Cleaners | 53-7061
Veterinarians | 29-1131
Vocational Higher Education Teachers | 25-1194
Vocational Secondary School Teachers | 25-2032
Warehouse Managers | 11-3071
Warehouse Staff and Box Fillers | 53-7062 43-5071
Web Professionals | 15-1254 15-1255
Welders, Solderers, and Brazers | 51-412
Wood Workers | 51-7011 51-7021
Writers and Poets | 27-3043
"""


def need(condition, message):
    if not condition:
        sys.exit("prepare_second_crosswalks: " + message)


def read(path):
    with open(path, encoding="utf-8-sig", newline="") as f:
        return list(csv.DictReader(f, strict=True))


def programme_sectors(place):
    """Sector by beginning of a CIP code: those of the first or the second example."""
    rows = [line.split() for line in PROGRAMMES.strip().split("\n")]
    need(all(len(r) == 3 for r in rows) and len({r[0] for r in rows}) == len(rows), "PROGRAMMES")
    return {r[0]: r[1 + place] for r in rows}


def sector_of(cip, sectors):
    """The sector of the longest beginning that fits; None where there is none."""
    for length in range(len(cip), 1, -1):
        if cip[:length] in sectors:
            found = sectors[cip[:length]]
            return None if found == "-" else found
    return None


def occupations_of_professions(known):
    """The US occupations with programmes of each profession."""
    found = {}
    for line in PROFESSIONS.strip().split("\n"):
        profession, patterns = (part.strip() for part in line.split(" | "))
        need(profession not in found, f"{profession!r} is listed twice")
        for pattern in patterns.split():
            need(any(code.startswith(pattern) for code in known), f"no occupation {pattern}")
        found[profession] = sorted(
            {code for code in known for p in patterns.split() if code.startswith(p)})
    return found


def weights(occupations, programmes, sectors):
    """Mean over occupations of the shares of their programmes, by sector."""
    shares = []
    for code in occupations:
        counts = defaultdict(int)
        for cip in programmes[code]:
            sector = sector_of(cip, sectors)
            if sector is not None:
                counts[sector] += 1
        if counts:
            total = sum(counts.values())
            shares.append({s: Fraction(n, total) for s, n in counts.items()})
    mean = defaultdict(Fraction)
    for share in shares:
        for sector, weight in share.items():
            mean[sector] += weight / len(shares)
    return mean


def make(folder, first_name, programmes, by_profession, place):
    out = HERE / folder
    sectors = programme_sectors(place)
    known = {r["code"] for r in read(out / "sectors.csv")}
    need(set(sectors.values()) - {"-"} <= known, f"{folder}: unknown sectors in PROGRAMMES")
    first = defaultdict(list)
    for r in read(out / first_name):
        first[r["profession"]].append((r["sector_code"], r["weight"]))
    need(set(first) == set(by_profession), f"{folder}: other professions than {first_name}")
    rows, kept = [], 0
    for profession in sorted(first):
        codes = by_profession[profession]
        found = weights(codes, programmes, sectors)
        if found:
            basis = "programmes of " + " ".join(codes) if len(codes) <= 6 else \
                f"programmes of {len(codes)} occupations, {codes[0]} to {codes[-1]}"
            rows += [(profession, s, f"{float(w):.6f}", basis) for s, w in sorted(found.items())]
        else:
            kept += 1
            rows += [(profession, s, w, "first crosswalk: no programme") for s, w in first[profession]]
    with open(out / "programmes.csv", "w", encoding="utf-8", newline="") as f:
        w = csv.writer(f, lineterminator="\n")
        w.writerow(["profession", "sector_code", "weight", "basis"])
        w.writerows(rows)
    print(f"{folder}/programmes.csv: {len(rows)} rows; {len(first)} professions, {kept} as in {first_name}")


def main():
    need(len(sys.argv) == 2, "usage: prepare_second_crosswalks.py EXTRACTS_DIR")
    path = Path(sys.argv[1]) / SOURCE
    need(path.is_file(), f"{SOURCE} not found")
    need(hashlib.sha256(path.read_bytes()).hexdigest() == DIGEST,
         f"{SOURCE} is not the file this script was written for")
    programmes = defaultdict(list)
    for r in read(path):
        # The source writes 99.9999 where an occupation has no programme, 99-9999 the other way round.
        programmes[r["SOC2018Code"]]
        if r["CIP2020Code"] != "99.9999":
            programmes[r["SOC2018Code"]].append(r["CIP2020Code"])
    by_profession = occupations_of_professions(set(programmes) - {"99-9999"})
    make("london", "crosswalk.csv", programmes, by_profession, 0)
    make("london-sectors", "profession-sectors.csv", programmes, by_profession, 1)


if __name__ == "__main__":
    main()
