"""Words in dates of Indonesian, Malay, Filipino, Vietnamese, Thai and Swahili."""

from __future__ import annotations

from feedbuilder.parse.dates.languages.language import Language

LANGUAGES = (
    Language(
        code="id",
        name="Indonesian",
        months="""
            Januari/Jan Februari/Feb/Pebruari/Peb Maret/Mar April/Apr Mei Juni/Jun Juli/Jul
            Agustus/Agu/Agt/Ags September/Sep Oktober/Okt November/Nov/Nopember/Nop Desember/Des
        """,
        weekdays="Senin/Sen Selasa/Sel Rabu/Rab Kamis/Kam Jumat/Jum/Jum'at Sabtu/Sab Minggu/Min",
        forenoon="pagi",
        afternoon="siang sore",
        night="malam",
        midnight="tengah_malam",
        units="detik menit jam hari minggu/pekan bulan tahun",
        after_span="lalu yang_lalu",
        one="satu se",
        few="beberapa",
        conjunction="dan",
        now="baru_saja sekarang",
        today="hari_ini",
        yesterday="kemarin",
        day_before_yesterday="kemarin_dulu",
        at="pukul jam",
        published="diterbitkan dipublikasikan diposting dirilis",
        updated="diperbarui diupdate terakhir_diperbarui",
        event="batas_waktu tenggat acara",
    ),
    Language(
        code="ms",
        name="Malay",
        months="""
            Januari/Jan Februari/Feb Mac April/Apr Mei Jun Julai/Jul Ogos/Ogo September/Sep Oktober/Okt
            November/Nov Disember/Dis
        """,
        weekdays="Isnin/Isn Selasa/Sel Rabu/Rab Khamis/Kha Jumaat/Jum Sabtu/Sab Ahad/Ahd",
        forenoon="pagi PG",
        afternoon="petang PTG tengah_hari tghari",
        night="malam",
        units="saat minit jam hari minggu/mgu bulan/bln tahun/thn",
        after_span="lalu yang_lalu",
        one="satu",
        conjunction="dan",
        now="baru_sahaja sekarang",
        today="hari_ini",
        yesterday="semalam",
        day_before_yesterday="kelmarin",
        at="pukul jam",
        published="diterbitkan",
        updated="dikemas_kini dikemaskini",
        event="tarikh_tutup acara",
    ),
    Language(
        code="fil",
        name="Filipino",
        months="""
            Enero/Ene Pebrero/Peb Marso/Mar Abril/Abr Mayo/May Hunyo/Hun Hulyo/Hul Agosto/Ago Setyembre/Set
            Oktubre/Okt Nobyembre/Nob Disyembre/Dis
        """,
        weekdays="Lunes/Lun Martes/Mar Miyerkules/Miy Huwebes/Huw Biyernes/Biy Sabado/Sab Linggo/Lin",
        forenoon="ng_umaga n.u",
        afternoon="ng_hapon n.h",
        night="ng_gabi n.g",
        noon="ng_tanghali",
        units="segundo/seg minuto oras araw linggo buwan taon",
        after_span="nakalipas ang_nakalipas ang_nakakaraan nakaraan",
        one="isang",
        conjunction="at",
        now="ngayon",
        today="ngayong_araw",
        yesterday="kahapon",
        day_before_yesterday="araw_bago_ang_kahapon",
        of="ng ika",
        at="nang alas",
        published="inilathala nai-publish",
        updated="na-update",
        event="deadline",
    ),
    Language(
        code="vi",
        name="Vietnamese",
        weekdays="""
            Thứ_Hai/T2 Thứ_Ba/T3 Thứ_Tư/T4 Thứ_Năm/T5 Thứ_Sáu/T6
            Thứ_Bảy/T7 Chủ_Nhật/CN
        """,
        forenoon="SA sáng",
        afternoon="CH chiều tối",
        night="đêm khuya",
        noon="trưa",
        units="giây phút giờ ngày tuần tháng năm",
        after_span="trước",
        one="một",
        conjunction="và",
        now="vừa_xong vừa_mới bây_giờ",
        today="hôm_nay",
        yesterday="hôm_qua",
        day_before_yesterday="hôm_kia",
        at="lúc vào",
        year_mark="năm",
        month_mark="tháng thg",
        day_mark="ngày",
        hour_mark="giờ h g",
        minute_mark="phút",
        published="đăng ngày_đăng đăng_lúc xuất_bản đăng_ngày",
        updated="cập_nhật sửa chỉnh_sửa cập_nhật_lúc",
        event="hạn_nộp hạn_chót sự_kiện hạn",
    ),
    Language(
        code="th",
        name="Thai",
        months="""
            มกราคม/ม.ค กุมภาพันธ์/ก.พ มีนาคม/มี.ค เมษายน/เม.ย พฤษภาคม/พ.ค มิถุนายน/มิ.ย กรกฎาคม/ก.ค
            สิงหาคม/ส.ค กันยายน/ก.ย ตุลาคม/ต.ค พฤศจิกายน/พ.ย ธันวาคม/ธ.ค
        """,
        weekdays="""
            วันจันทร์/จันทร์ วันอังคาร/อังคาร วันพุธ/พุธ วันพฤหัสบดี/พฤหัส วันศุกร์/ศุกร์ วันเสาร์/เสาร์
            วันอาทิตย์/อาทิตย์
        """,
        forenoon="ก่อนเที่ยง เช้า",
        afternoon="หลังเที่ยง บ่าย เย็น",
        night="กลางคืน",
        noon="เที่ยง",
        midnight="เที่ยงคืน",
        units="""
            วินาที/วินาทีที่แล้ว นาที/นาทีที่แล้ว ชม/ชั่วโมง วัน/วันที่แล้ว สัปดาห์/สัปดาห์ที่แล้ว
            เดือน/เดือนที่แล้ว ปี/ปีที่แล้ว
        """,
        after_span="ที่ผ่านมา ที่แล้ว ก่อน",
        one="หนึ่ง",
        conjunction="และ",
        now="เมื่อสักครู่ เมื่อกี้ ขณะนี้",
        today="วันนี้",
        yesterday="เมื่อวาน",
        day_before_yesterday="เมื่อวานซืน",
        at="เวลา",
        year_mark="พ.ศ ปี ค.ศ",
        day_mark="วันที่",
        hour_mark="น นาฬิกา โมง",
        published="เผยแพร่ โพสต์ เผยแพร่เมื่อ",
        updated="อัปเดต ปรับปรุง อัพเดท แก้ไข",
        event="หมดเขต ปิดรับสมัคร กิจกรรม",
    ),
    Language(
        code="sw",
        name="Swahili",
        months="""
            Januari/Jan Februari/Feb Machi/Mac Aprili/Apr Mei Juni/Jun Julai/Jul Agosti/Ago Septemba/Sep
            Oktoba/Okt Novemba/Nov Desemba/Des
        """,
        weekdays="Jumatatu Jumanne Jumatano Alhamisi Ijumaa Jumamosi Jumapili",
        forenoon="asubuhi alfajiri",
        afternoon="mchana jioni alasiri",
        night="usiku",
        units="sekunde dakika saa siku wiki miezi/mwezi miaka/mwaka",
        after_span="zilizopita iliyopita uliopita",
        one="moja",
        conjunction="na",
        now="sasa_hivi",
        today="leo",
        yesterday="jana",
        day_before_yesterday="juzi",
        at="saa",
        published="imechapishwa ilichapishwa",
        updated="imesasishwa ilisasishwa",
        event="mwisho_wa_maombi tukio",
    ),
)
